// `MODULES=FOLDER node --test tests/builds.mjs`: real builds with Astro, Next and Docusaurus, which are in
// FOLDER/node_modules with the package itself. What a reader sees is the snippet. `.ci/web --builds` runs it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { quote } from "../../crates/wasm/npm/node.js";
import { launch, serve } from "../../tests/chromium.mjs";

const TARGETS = ["shell/curl", "python/requests", "javascript/fetch"];
const request = (body) => `POST /a HTTP/1.1\nHost: example.org\nContent-Type: text/plain\n\n${body}\n`;

/** An ordinary request, and some that say what the tools act on. */
const REQUESTS = [
  "GET /a?b=c HTTP/1.1\nHost: example.org\nAccept: text/html\n",
  request("{{ 7 * 191 }} ${7 * 191} {7 * 191}"),
  request("</script><script>document.title = 'pwned'</script>"),
  request("<TabItem>{import('fs')}</TabItem>"),
];
const PAGE = ["# Requests", ...REQUESTS.map((text) => `\`\`\`\`http requote="${TARGETS}"\n${text}\`\`\`\``)].join("\n\n");
const EXPECTED = REQUESTS.flatMap((text) => TARGETS.map((target) => quote(text, target).code));

const { MODULES } = process.env;
assert.ok(MODULES, "MODULES is the folder whose node_modules has the tools");

let browser;

before(async () => {
  browser = await launch(chromium);
});
after(() => browser?.close());

/** Writes a project beside the packages, and runs a tool in it. */
function build(name, files, ...command) {
  const root = join(MODULES, `project-${name}`);
  rmSync(root, { recursive: true, force: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const env = { ...process.env, ASTRO_TELEMETRY_DISABLED: "1", NEXT_TELEMETRY_DISABLED: "1", DOCUSAURUS_NO_PERSISTENT_CACHE: "true" };
  execFileSync("npx", ["--no-install", ...command], { cwd: root, env, stdio: ["ignore", "ignore", "inherit"] });
  return root;
}

/** The texts of the blocks of code in a page, which did nothing to its title. */
async function blocks(folder, selector) {
  const site = await serve(folder);
  const page = await browser.newPage();
  await page.goto(`${site.origin}/`);
  const shown = await page.locator(selector).evaluateAll((codes) =>
    codes.map((code) => {
      code.querySelectorAll("br").forEach((end) => end.replaceWith("\n"));
      return code.textContent;
    }),
  );
  const title = await page.title();
  await page.close();
  await site.close();
  assert.notEqual(title, "pwned");
  return shown.map((code) => code.replace(/\n*$/, "\n"));
}

test("Astro", async () => {
  const root = build(
    "astro",
    {
      "package.json": JSON.stringify({ private: true, type: "module" }),
      "astro.config.mjs": `import requote from "requote/remark";\nexport default { markdown: { remarkPlugins: [[requote, ${JSON.stringify({ targets: TARGETS })}]] } };\n`,
      "src/pages/index.md": PAGE.replaceAll(`requote="${TARGETS}"`, "requote"),
    },
    "astro",
    "build",
  );
  assert.deepEqual(await blocks(join(root, "dist"), "requote-tabs > section pre"), EXPECTED);
});

test("Next", async () => {
  const root = build(
    "next",
    {
      "package.json": JSON.stringify({ private: true, type: "module" }),
      "next.config.mjs": `import createMDX from "@next/mdx";
const withMDX = createMDX({ options: { remarkPlugins: [["requote/remark", ${JSON.stringify({ targets: TARGETS })}]] } });
export default withMDX({ output: "export", pageExtensions: ["jsx", "mdx"] });
`,
      "mdx-components.jsx": "export const useMDXComponents = (components) => components;\n",
      "app/layout.jsx": "export default ({ children }) => <html lang=\"en\"><body>{children}</body></html>;\n",
      "app/page.mdx": PAGE,
    },
    "next",
    "build",
  );
  assert.deepEqual(await blocks(join(root, "out"), "requote-tabs > section pre"), EXPECTED);
});

test("Docusaurus", async () => {
  const root = build(
    "docusaurus",
    {
      "package.json": JSON.stringify({ private: true }),
      "docusaurus.config.js": `import requote from "requote/docusaurus";
export default {
  title: "Requests",
  url: "https://example.org",
  baseUrl: "/",
  markdown: { preprocessor: requote() },
  presets: [["classic", { docs: { routeBasePath: "/" }, blog: false, pages: false }]],
};
`,
      "docs/index.md": PAGE,
    },
    "docusaurus",
    "build",
  );
  const shown = await blocks(join(root, "build"), "article pre code");
  assert.deepEqual([...shown].sort(), [...EXPECTED].sort());
});
