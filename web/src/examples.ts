// Requests to begin with, the classic first.

import put from "../../examples/put.http?raw";
import bearer from "../../examples/gallery/bearer.http?raw";
import form from "../../examples/gallery/form.http?raw";
import multipart from "../../examples/gallery/multipart.http?raw";
import query from "../../examples/gallery/query.http?raw";

const curl = `curl 'https://api.example.com/v1/orders?limit=20' \\
  -H 'Accept: application/json' \\
  -u 'user:correct horse' \\
  --data-urlencode 'note=50% & more' -G
`;

const cookie = `GET /account HTTP/1.1
Host: www.example.com
Cookie: session=5f2b9c; theme="dark"
Accept: text/html

`;

export const examples: [title: string, text: string][] = [
  ["PUT with JSON", put],
  ["A curl command", curl],
  ["Query parameters", query],
  ["A bearer token", bearer],
  ["A form", form],
  ["Multipart", multipart],
  ["Cookies", cookie],
];
