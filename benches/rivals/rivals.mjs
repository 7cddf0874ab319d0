// The generators behind one interface: a request in their own terms, and a conversion of it.

import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** A raw message as method, URL, fields and body; enough for the message of this benchmark. */
export function readMessage(text) {
  const [head, ...rest] = text.split("\r\n\r\n");
  const [line, ...lines] = head.split("\r\n");
  const [method, target] = line.split(" ");
  const fields = lines.map((field) => {
    const colon = field.indexOf(":");
    return [field.slice(0, colon), field.slice(colon + 1).trim()];
  });
  const host = fields.find(([name]) => name.toLowerCase() === "host")[1];
  const sent = fields.filter(([name]) => !/^(host|content-length)$/i.test(name));
  return { method, url: `https://${host}${target}`, fields: sent, body: rest.join("\r\n\r\n") };
}

export function toHar({ method, url, fields, body }) {
  const headers = fields.map(([name, value]) => ({ name, value }));
  const mimeType = fields.find(([name]) => name.toLowerCase() === "content-type")?.[1];
  return {
    method,
    url,
    httpVersion: "HTTP/1.1",
    headers,
    cookies: [],
    queryString: [],
    postData: { mimeType, text: body },
    headersSize: -1,
    bodySize: -1,
  };
}

function toPostman({ method, url, fields, body }) {
  const header = fields.map(([key, value]) => ({ key, value }));
  return { method, url, header, body: { mode: "raw", raw: body } };
}

function toCurl({ method, url, fields, body }) {
  const options = fields.map(([name, value]) => ["-H", `${name}: ${value}`]);
  return ["curl", "-X", method, url, ...options.flat(), "--data-raw", body];
}

/** For each generator: loads it, and gives a function that writes the code. */
export const RIVALS = {
  "httpsnippet: construct and convert": async (message) => {
    const { HTTPSnippet } = require("httpsnippet");
    const har = toHar(message);
    return () => new HTTPSnippet(har).convert("python", "requests");
  },
  "httpsnippet: convert": async (message) => {
    const { HTTPSnippet } = require("httpsnippet");
    const snippet = new HTTPSnippet(toHar(message));
    return () => snippet.convert("python", "requests");
  },
  "postman-code-generators": async (message) => {
    const generators = require("postman-code-generators");
    const { Request } = require("postman-collection");
    const request = new Request(toPostman(message));
    return () => {
      let code;
      generators.convert("python", "requests", request, {}, (error, written) => {
        if (error) throw error;
        code = written;
      });
      return code;
    };
  },
  curlconverter: async (message) => {
    const { toPython } = await import("curlconverter");
    const command = toCurl(message);
    return () => toPython(command);
  },
};
