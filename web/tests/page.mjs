// `node --test tests/page.mjs`: the page, built, in headless Chromium. With PICTURES=<folder> it also saves
// what it looks like.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { quote } from "../../crates/wasm/npm/node.js";
import { launch, serve } from "../../tests/chromium.mjs";

const PUT = readFileSync(new URL("../../examples/put.http", import.meta.url));
const AXE = readFileSync(new URL("../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

let site;
let browser;
let context;
let page;
/** Addresses that were asked for outside of the site, and complaints of the browser. */
let foreign;
let complaints;

before(async () => {
  site = await serve(fileURLToPath(new URL("../dist/", import.meta.url)));
  browser = await launch(chromium);
});
after(async () => {
  await browser?.close();
  await site?.close();
});

async function open(options = {}, path = "/") {
  context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"], ...options });
  page = await context.newPage();
  [foreign, complaints] = [[], []];
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(site.origin) && !url.startsWith("data:") && !url.startsWith("blob:")) foreign.push(url);
  });
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(site.origin + path);
  await page.waitForSelector("body[data-ready]");
}

beforeEach(() => open());
afterEach(async () => {
  await context.close();
  assert.deepEqual(foreign, [], "something was asked of another host");
  assert.deepEqual(complaints, []);
});

const code = () => page.evaluate(() => document.querySelector("#output .cm-content").cmTile.view.state.doc.toString());
const text = (selector) => page.locator(selector).innerText();
const picture = (name) => process.env.PICTURES && page.screenshot({ path: join(process.env.PICTURES, `${name}.png`), fullPage: true });

/** Replaces what is in the editor of the request, as a reader does. */
async function write(request) {
  await page.locator("#input .cm-content").click();
  await page.keyboard.press("Control+A");
  await page.evaluate((pasted) => navigator.clipboard.writeText(pasted), request);
  await page.keyboard.press("Control+V");
  await page.waitForFunction(
    (pasted) => document.querySelector("#input .cm-content").cmTile.view.state.doc.toString() === pasted.replace(/\r\n?/g, "\n"),
    request,
  );
}

/** Opens the list of all targets. It is filled by a later task of the browser: `toggle` is queued, not called. */
async function openTargets() {
  await page.locator("#all-title").click();
  await page.waitForSelector("#targets li");
}

/** Drops a file on the page. */
async function drop(bytes) {
  const data = await page.evaluateHandle((content) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(content)], "request.http"));
    return transfer;
  }, [...bytes]);
  await page.dispatchEvent("body", "drop", { dataTransfer: data });
}

test("the page begins with the classic PUT as Python", async () => {
  assert.equal(await code(), quote(PUT, "python").code);
  assert.equal(await text("#outcome"), "semantic");
  assert.match(await text("#command"), /^requote to python\/requests request\.http$/);
  await picture("wide");
});

test("what is pasted is quoted at once, and its mistakes are marked", async () => {
  await write("curl https://example.org/a -H 'X-A: 1'");
  assert.equal(await code(), quote("curl https://example.org/a -H 'X-A: 1'", "python").code);
  assert.equal(await text("#read-as"), "read as curl");
  await write("GET /a HTTP/1.1\nHost : example.org\n\n");
  assert.equal(await text("#outcome"), "no request");
  assert.equal(await code(), "");
  await page.waitForSelector("#input .cm-lintRange-error");
  await page.locator("#diagnostics button").first().click();
  assert.ok(await page.evaluate(() => getSelection().toString().length > 0 || document.activeElement.closest("#input")));
  await picture("mistake");
});

test("language, client, body, credentials and options change the code", async () => {
  await page.selectOption("#example", "A bearer token");
  const message = await page.evaluate(() => document.querySelector("#input .cm-content").cmTile.view.state.doc.toString());
  await page.selectOption("#language", "javascript");
  assert.equal(await code(), quote(message, "javascript").code);
  await page.selectOption("#client", "xhr");
  assert.equal(await code(), quote(message, "javascript/xhr").code);
  await page.selectOption("#language", "python");
  await page.selectOption("#secrets", "env");
  assert.equal(await code(), quote(message, "python", { secrets: "env" }).code);
  await page.selectOption("#body", "exact");
  await page.locator("details summary").first().click();
  await page.getByLabel("timeout").fill("10");
  assert.equal(await code(), quote(message, "python", { secrets: "env", body: "exact", options: { timeout: "10" } }).code);
  assert.match(await text("#command"), /--body exact --secrets env -O timeout=10 request\.http$/);
});

test("an option that is not taken is told", async () => {
  await page.locator("details summary").first().click();
  await page.getByLabel("timeout").fill("soon");
  assert.match(await text("#diagnostics"), /takes/);
});

test("a client that cannot send the request says what differs", async () => {
  await page.selectOption("#example", "Cookies");
  await page.selectOption("#language", "javascript");
  assert.equal(await text("#outcome"), "lossy");
  assert.match(await text("#diagnostics"), /Cookie/);
  await openTargets();
  assert.ok((await page.locator("#targets li").count()) >= 44);
  await picture("lossy");
});

test("a file that is dropped keeps its bytes", async () => {
  const message = Buffer.concat([Buffer.from("POST /a HTTP/1.1\r\nHost: example.org\r\nContent-Length: 4\r\n\r\n"), Buffer.from([0, 255, 10, 13])]);
  await drop(message);
  await page.waitForSelector("#bytes-bar:not([hidden])");
  const expected = quote(message, "python");
  assert.equal(await code(), expected.code);
  await page.locator("#as-text").click();
  assert.ok(await page.locator("#bytes-bar").isHidden());
});

test("a request of several is chosen", async () => {
  await write("GET https://example.org/one\n\n###\n\nGET https://example.org/two\n");
  await page.selectOption("#request", "2");
  assert.match(await code(), /two/);
});

test("a link holds the request and its choices, without its credentials", async () => {
  await write("POST /a?api_key=k1 HTTP/1.1\nHost: example.org\nAuthorization: Bearer s3cret\nContent-Type: application/json\n\n{\"a\":1}\n");
  await page.selectOption("#language", "go");
  await page.locator("#link").click();
  await page.waitForFunction(() => document.getElementById("done").textContent === "Copied");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const shared = quote("POST /a?api_key=** HTTP/1.1\nHost: example.org\nAuthorization: Bearer ******\nContent-Type: application/json\n\n{\"a\":1}\n", "go");
  await context.close();
  await open({}, link.slice(site.origin.length));
  assert.equal(await code(), shared.code);
  assert.ok(!(await page.content()).includes("s3cret"));
});

test("code is copied, and downloaded with the files that it reads", async () => {
  await page.locator("#copy").click();
  await page.waitForFunction(() => document.getElementById("done").textContent === "Copied");
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await code());
  const download = async () => {
    const [saved] = await Promise.all([page.waitForEvent("download"), page.locator("#download").click()]);
    return { name: saved.suggestedFilename(), bytes: readFileSync(await saved.path()) };
  };
  const plain = await download();
  assert.deepEqual([plain.name, plain.bytes.toString()], ["request.py", await code()]);
  const binary = Buffer.from(Array.from({ length: 64 }, (_, at) => (at * 37) % 256));
  await drop(Buffer.concat([Buffer.from("POST /a HTTP/1.1\r\nHost: example.org\r\nContent-Length: 64\r\n\r\n"), binary]));
  await page.waitForSelector("#bytes-bar:not([hidden])");
  const archive = await download();
  assert.equal(archive.name, "request.zip");
  assert.ok(archive.bytes.includes(binary), "the attachment is not in the archive");
});

test("everything can be done with the keyboard", async () => {
  const reached = new Set();
  await page.evaluate(() => document.activeElement.blur());
  for (let step = 0; step < 40; step += 1) {
    await page.keyboard.press("Tab");
    reached.add(await page.evaluate(() => document.activeElement.id || document.activeElement.closest(".editor")?.id || document.activeElement.tagName));
  }
  for (const id of ["example", "open", "input", "from", "eol", "language", "client", "output", "copy", "download", "link", "body", "secrets", "scheme", "copy-command", "all-title"]) {
    assert.ok(reached.has(id), `Tab does not reach ${id}: ${[...reached]}`);
  }
  await page.focus("#language");
  await page.keyboard.type("Rust");
  await page.waitForFunction(() => document.getElementById("command").textContent.includes("rust/"));
});

for (const [name, options] of [
  ["phone", { viewport: { width: 400, height: 800 } }],
  ["dark", { colorScheme: "dark" }],
  ["light", {}],
]) {
  test(`axe-core finds nothing: ${name}`, async () => {
    await context.close();
    await open({ ...options, bypassCSP: true });
    await page.selectOption("#example", "Cookies");
    await page.selectOption("#language", "javascript");
    await openTargets();
    await page.evaluate(AXE);
    const { violations } = await page.evaluate(() => globalThis.axe.run());
    assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join("\n")}`), []);
    const width = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(width <= 0, `the page is ${width} pixels too wide`);
    await picture(name);
  });
}

test("the policy lets nothing out", async () => {
  // Not the listener of this test, but the browser, stops the request.
  const stopped = await page.evaluate(async () => {
    const told = new Promise((resolve) => document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective)));
    await fetch("https://example.org/?leak").catch(() => undefined);
    return Promise.race([told, new Promise((resolve) => setTimeout(resolve, 5000, "nothing"))]);
  });
  assert.equal(stopped, "connect-src");
  foreign = foreign.filter((url) => url !== "https://example.org/?leak");
  complaints = [];
});

// The times are printed and not judged: a machine may do much else at the same time.
test("the code follows each key", async () => {
  await context.close();
  const begun = Date.now();
  await open();
  const ready = Date.now() - begun;
  await page.locator("#input .cm-content").click();
  await page.keyboard.type("abcdefghij");
  const keys = await page.evaluate(() => performance.getEntriesByName("requote-update").slice(-10).map(({ duration }) => duration));
  assert.ok(keys.length > 0);
  keys.sort((a, b) => a - b);
  console.log(`ready after ${ready} ms with an empty cache; from a key to the code: median ${keys[keys.length >> 1].toFixed(1)} ms, longest ${keys.at(-1).toFixed(1)} ms`);
});
