// `node --test tests/swagger-ui.mjs`: Swagger UI with the package's generators, in Chromium. A reader fills a
// request in and executes it; what is shown is the snippet of that request.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { quote } from "../../crates/wasm/npm/node.js";
import { launch, serve } from "../../tests/chromium.mjs";

const TARGETS = ["curl", "python", "fetch"];

/** An operation with a parameter, a field and a body whose text is no ordinary one. */
const SPEC = {
  openapi: "3.0.3",
  info: { title: "Orders", version: "1" },
  paths: {
    "/orders/{id}": {
      put: {
        operationId: "change",
        parameters: [
          { name: "id", in: "path", required: true, schema: { type: "string" }, example: "a b" },
          { name: "X-Trace", in: "header", schema: { type: "string" }, example: "it's 1" },
        ],
        requestBody: {
          content: { "application/json": { schema: { type: "object" }, example: { note: "\"$HOME\" </script>", price: 10.5 } } },
        },
        responses: { 200: { description: "changed" } },
      },
    },
  },
};

const PAGE = `<!doctype html>
<meta charset="utf-8">
<title>Orders</title>
<link rel="icon" href="data:,">
<div id="ui"></div>
<script src="swagger/swagger-ui-bundle.js"></script>
<script type="module">
import { init } from "./requote/browser.js";
import { requoteSnippets } from "./requote/swagger-ui.js";
await init();
SwaggerUIBundle({
  spec: ${JSON.stringify(SPEC).replaceAll("<", "\\u003c")},
  dom_id: "#ui",
  docExpansion: "full",
  tryItOutEnabled: true,
  validatorUrl: null,
  ...requoteSnippets(${JSON.stringify(TARGETS)}),
});
</script>`;

let folder;
let site;
let browser;

before(async () => {
  folder = mkdtempSync(fileURLToPath(new URL("../node_modules/requote-", import.meta.url)));
  cpSync(new URL("../node_modules/swagger-ui-dist/", import.meta.url), join(folder, "swagger"), { recursive: true });
  cpSync(new URL("../../crates/wasm/npm/", import.meta.url), join(folder, "requote"), { recursive: true });
  writeFileSync(join(folder, "index.html"), PAGE);
  site = await serve(folder);
  browser = await launch(chromium);
});
after(async () => {
  await browser?.close();
  await site?.close();
  rmSync(folder, { recursive: true });
});

test("Swagger UI shows the snippets of the request that it sends", async () => {
  const page = await browser.newPage();
  const sent = new Promise((resolve) => page.on("request", (request) => request.method() === "PUT" && resolve(request)));
  await page.goto(`${site.origin}/`);
  await page.locator("button.execute").click();
  const request = await sent;
  // What Chromium sent, with the names of fields as Swagger UI has them: Chromium tells them in lower case.
  const sentFields = request.headers();
  const headers = ["accept", "X-Trace", "Content-Type"].map((name) => [name, sentFields[name.toLowerCase()]]);
  const url = new URL(request.url());
  const fields = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const body = request.postData();
  const message = `PUT ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\n${fields}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  const tabs = page.locator(".request-snippets");
  for (const target of TARGETS) {
    const expected = quote(message, target);
    await tabs.getByText(expected.label, { exact: true }).click();
    const shown = await tabs.locator("pre code, pre").last().textContent();
    assert.equal(shown.trimEnd(), expected.code.trimEnd(), target);
  }
  assert.equal(await page.title(), "Orders");
  await page.close();
});
