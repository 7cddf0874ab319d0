// Generators of request snippets for Swagger UI. `await init()` of "requote" comes before.

import { quote, targets } from "./browser.js";

/** The request as HAR has it. Swagger UI gives an Immutable.js map. */
function toHar(request) {
  const headers = Object.entries(request.get("headers")?.toJS() ?? {});
  const body = request.get("body");
  const type = headers.find(([name]) => name.toLowerCase() === "content-type")?.[1];
  const text = typeof body === "string" ? body : body === undefined ? undefined : JSON.stringify(body);
  return JSON.stringify({
    method: request.get("method"),
    url: request.get("url"),
    httpVersion: "HTTP/1.1",
    headers: headers.map(([name, value]) => ({ name, value: String(value) })),
    queryString: [],
    ...(text === undefined ? {} : { postData: { mimeType: type ?? "application/json", text } }),
  });
}

function write(request, target, options) {
  const { code, diagnostics } = quote(toHar(request), target, { from: "har", ...options });
  return code ?? diagnostics.map(({ message }) => message).join("\n");
}

/** What `SwaggerUI({...})` takes to show the code of these targets. */
export function requoteSnippets(wanted, options = {}) {
  const known = targets();
  const chosen = wanted.map((name) => {
    const { target } = quote("GET / HTTP/1.1\nHost: example.org\n\n", name);
    return known.find(({ id }) => id === target);
  });
  const idOf = ({ id }) => `requote_${id.replaceAll(/\W/g, "_")}`;
  const generators = chosen.map((target) => [idOf(target), { title: target.label, syntax: target.highlight }]);
  const functions = chosen.map((target) => [
    `requestSnippetGenerator_${idOf(target)}`,
    (request) => write(request, target.id, options),
  ]);
  return {
    requestSnippetsEnabled: true,
    requestSnippets: { generators: Object.fromEntries(generators), defaultExpanded: true },
    plugins: [{ fn: Object.fromEntries(functions) }],
  };
}
