// `node --test tests/docs.mjs`: real builds of documentation with the package's plug-ins. What a reader
// copies is the snippet, and what a request says does nothing to the build.

import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import rehypeStringify from "rehype-stringify";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { unified } from "unified";
import { build } from "vitepress";
import { expand, quote } from "../../crates/wasm/npm/node.js";
import requoteDocusaurus from "../../crates/wasm/npm/docusaurus.js";
import requoteRemark from "../../crates/wasm/npm/remark.js";
import requoteVite from "../../crates/wasm/npm/vite.js";
import { launch, serve } from "../../tests/chromium.mjs";

const TARGETS = ["shell/curl", "python/requests", "javascript/fetch"];

/** Not to be found in any page that is built. */
const CANARY = "canary-5d1c";

const request = (body) => `POST /a HTTP/1.1\nHost: example.org\nContent-Type: text/plain; charset=utf-8\n\n${body}\n`;

/** Requests that a page may show: ordinary ones, and some that say what the tools act on. */
const REQUESTS = [
  "GET /a?b=c HTTP/1.1\nHost: example.org\nAccept: text/html\n",
  request("it's \"quoted\" & <b>bold</b>"),
  request("<!--@include: ./secret.txt-->"),
  request("{{ 7 * 191 }} ${7 * 191}"),
  request("</script><script>document.title = 'pwned'</script>"),
  request("line 1 // [!code --]\nline 2 # [!code focus]"),
  request("::: danger\n:::"),
  request("<<< ./secret.txt"),
];

/** A page with each request as a fence, which is longer than any in it. */
const PAGE = ["# Requests", ...REQUESTS.map((text) => `\`\`\`\`http requote="${TARGETS}"\n${text}\`\`\`\``)].join("\n\n");

const EXPECTED = REQUESTS.flatMap((text) => TARGETS.map((target) => quote(text, target).code));

let folder;
let browser;

before(async () => {
  // Below the packages that the builds import.
  folder = mkdtempSync(fileURLToPath(new URL("../node_modules/requote-", import.meta.url)));
  browser = await launch(chromium);
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

/** Opens a page of a folder. */
async function open(root, path) {
  const site = await serve(root);
  const page = await browser.newPage();
  await page.goto(site.origin + path);
  return { page, close: () => page.close().then(site.close) };
}

test("VitePress shows each snippet, and acts on no request", async () => {
  const root = join(folder, "vitepress");
  mkdirSync(root);
  writeFileSync(join(root, "index.md"), PAGE);
  writeFileSync(join(root, "secret.txt"), CANARY);
  mkdirSync(join(root, ".vitepress"));
  const plugin = new URL("../../crates/wasm/npm/vite.js", import.meta.url).href;
  writeFileSync(join(root, ".vitepress/config.mjs"), `import requote from ${JSON.stringify(plugin)};\nexport default { vite: { plugins: [requote()] } };\n`);
  await build(root);
  assert.ok(!readFileSync(join(root, ".vitepress/dist/index.html"), "utf8").includes(CANARY));
  const { page, close } = await open(join(root, ".vitepress/dist"), "/");
  const shown = await page.locator(".vp-doc pre code").evaluateAll((codes) => codes.map((code) => code.textContent));
  assert.equal(await page.title(), "Requests | VitePress");
  await close();
  // What no tab can hold follows the tabs.
  assert.deepEqual(shown.map((code) => code.replace(/\n?$/, "\n")).sort(), [...EXPECTED].sort());
});

test("an error in a page ends the build, with its place", () => {
  const { transform } = requoteVite({ targets: ["curl"] });
  const context = { warn: () => undefined, addWatchFile: () => undefined };
  const page = "# A\n\n```http requote\nGET /a HTTP/1.1\nHost : example.org\n```\n";
  assert.throws(() => transform.call(context, page, "/a/page.md"), /page\.md:5:5: error\[field-name-space\]/);
  assert.equal(transform.call(context, "# A\n", "/a/page.md"), undefined);
});

test("a page reads files below its folder only", () => {
  const root = join(folder, "files");
  mkdirSync(join(root, "pages"), { recursive: true });
  writeFileSync(join(root, "pages/get.http"), REQUESTS[0]);
  writeFileSync(join(root, "outside.http"), REQUESTS[0]);
  const watched = [];
  const context = { warn: () => undefined, addWatchFile: (file) => watched.push(file) };
  const { transform } = requoteVite({ targets: ["curl"] });
  const expanded = (name) => transform.call(context, `\`\`\`http requote file=${name}\n\`\`\`\n`, join(root, "pages/page.md"));
  assert.ok(expanded("get.http").code.includes(quote(REQUESTS[0], "curl").code));
  assert.deepEqual(watched, [join(root, "pages/get.http")]);
  assert.throws(() => expanded("../outside.http"), /error\[/);
});

test("a page carries the files that its code reads, where it is asked to", async () => {
  const message = request("\u0001".repeat(9000));
  const fence = (words) => `\`\`\`http requote="curl,python" ${words}\n${message}\`\`\`\n`;
  const process = (page) => unified().use(remarkParse).use(requoteRemark).use(remarkRehype).use(rehypeStringify).process(page);
  await assert.rejects(process(fence("")), /docs-attachment/);
  assert.ok(expand(fence(""), "markdown", { style: "plain" }).text.includes("requote="), "the fence stays");
  const { text } = expand(fence("attachments=carry"), "markdown", { style: "plain" });
  const [command] = /base64 --decode > body\.txt <<'END'\n[^<]*END\n/.exec(text);
  const html = String(await process(fence("attachments=carry")));
  const plain = html.replaceAll("&#x3C;", "<").replaceAll("&gt;", ">").replaceAll("&#39;", "'");
  assert.equal(plain.split(command).length, 2, "once for both targets");
});

test("remark makes sections, and the element makes tabs of them", async () => {
  const html = String(
    await unified().use(remarkParse).use(requoteRemark).use(remarkRehype).use(rehypeStringify).process(PAGE),
  );
  const root = join(folder, "remark");
  mkdirSync(root);
  cpSync(new URL("../../crates/wasm/npm/", import.meta.url), join(root, "requote"), { recursive: true });
  const live = `<requote-tabs id="live" targets="curl,python"><pre>\n${REQUESTS[0]}</pre></requote-tabs>`;
  const head = '<!doctype html><title>Page</title><script type="module" src="requote/tabs.js"></script>';
  writeFileSync(join(root, "index.html"), head + html + live);
  const { page, close } = await open(root, "/");
  await page.waitForSelector("#live [role=tab]");
  const shown = await page.locator("requote-tabs:not(#live) section code").evaluateAll((codes) => codes.map((code) => code.textContent));
  assert.deepEqual(shown, EXPECTED);
  assert.equal(await page.title(), "Page");
  const written = await page.locator("#live section code").evaluateAll((codes) => codes.map((code) => code.textContent));
  assert.deepEqual(written, ["curl", "python"].map((target) => quote(REQUESTS[0], target).code));
  const visible = () => page.locator("section:visible").evaluateAll((sections) => new Set(sections.map((section) => section.dataset.target)).size);
  await page.locator("#live [role=tab]").first().focus();
  await page.keyboard.press("ArrowRight");
  assert.equal(await visible(), 1, "the choice holds for all of the page");
  await page.reload();
  await page.waitForSelector("#live [role=tab]");
  assert.equal(await page.locator("#live [role=tab][aria-selected=true]").innerText(), "Python");
  await close();
});

test("Docusaurus gets a page with tabs", () => {
  const page = requoteDocusaurus({ targets: TARGETS })({ filePath: "/a/page.md", fileContent: `# A\n\n\`\`\`http requote\n${REQUESTS[0]}\`\`\`\n` });
  assert.match(page, /<TabItem value="python[^"]*" label="Python">/);
  assert.ok(page.includes(quote(REQUESTS[0], "python").code));
});

test("a page is expanded in its place", () => {
  const page = `<!-- requote:begin targets=curl style=plain -->\n\n<!-- requote:end -->\n`;
  const { text, diagnostics, regions } = expand(`\`\`\`http\n${REQUESTS[0]}\`\`\`\n\n${page}`, "markdown", { mode: "update" });
  assert.deepEqual([diagnostics, regions.length], [[], 1]);
  assert.ok(text.includes(quote(REQUESTS[0], "curl").code));
});
