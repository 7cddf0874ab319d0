// Looks at a site in headless Chromium: node check.mjs SITE [PICTURES]
//
// Tabs, the choice that a reload and another page keep, the keyboard, the search, the clipboard, accessibility in
// the light and in the dark on a wide and a narrow screen, and that nothing is fetched from elsewhere.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { launch, serve } from "./chromium.mjs";

const [folder, pictures] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
// The pages need nothing that a strict policy forbids.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:";
const { origin: base, close } = await serve(folder, { "content-security-policy": policy });
const browser = await launch(chromium);

let passed = 0;
const check = async (name, work) => {
  await work();
  passed += 1;
  console.log(`ok: ${name}`);
};

// A page of a context of its own, which fails on errors and on what is asked of another host.
const open = async (path, options = {}) => {
  const context = await browser.newContext({ bypassCSP: options.bypassCSP ?? false, ...options });
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: base });
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("request", (request) => request.url().startsWith(base) || request.url().startsWith("data:") || faults.push(request.url()));
  page.on("response", (response) => response.status() < 400 || faults.push(`${response.status()} ${response.url()}`));
  await page.goto(`${base}/${path}`);
  return { page, close: async () => { assert.deepEqual(faults, []); await context.close(); } };
};
const chosen = (page) => page.locator('[role="tab"][aria-selected="true"]').allTextContents();
const panels = (page) => page.locator(".panel:visible h3").allTextContents();

const index = "put-order/index.html";

await check("one tab is chosen, and one panel is shown", async () => {
  const { page, close } = await open(index);
  assert.deepEqual(await chosen(page), ["curl"]);
  assert.deepEqual(await panels(page), ["Shell curl"]);
  await page.getByRole("tab", { name: "Go", exact: true }).click();
  assert.deepEqual(await chosen(page), ["Go"]);
  assert.deepEqual(await panels(page), ["Go net/http"]);
  await close();
});

await check("the choice survives a reload, and is that of the other requests", async () => {
  const { page, close } = await open(index);
  await page.getByRole("tab", { name: "Ruby" }).click();
  await page.reload();
  assert.deepEqual(await chosen(page), ["Ruby"]);
  await page.goto(`${base}/get-orders/index.html`);
  assert.deepEqual(await chosen(page), ["Ruby"]);
  await page.goto(`${base}/put-order/python.html`);
  await page.locator(".links").getByRole("link", { name: "Kotlin" }).click();
  await page.waitForURL("**/kotlin.html");
  await page.goto(`${base}/${index}`);
  assert.deepEqual(await chosen(page), ["Kotlin"]);
  await page.goto(`${base}/${index}#php`);
  await page.reload();
  assert.deepEqual(await chosen(page), ["PHP"]);
  await close();
});

await check("arrows, Home and End move the choice and the focus", async () => {
  const { page, close } = await open(index);
  const tabs = await page.getByRole("tab").allTextContents();
  const focused = () => page.evaluate(() => document.activeElement.textContent);
  await page.getByRole("tab", { name: "curl" }).focus();
  const at = tabs.indexOf("curl");
  for (const [key, wanted] of [["ArrowDown", tabs[at + 1]], ["ArrowRight", tabs[at + 2]], ["ArrowUp", tabs[at + 1]],
    ["ArrowLeft", tabs[at]], ["Home", tabs[0]], ["ArrowUp", tabs.at(-1)], ["ArrowDown", tabs[0]], ["End", tabs.at(-1)]]) {
    await page.keyboard.press(key);
    assert.equal(await focused(), wanted, key);
    assert.deepEqual(await chosen(page), [wanted], key);
  }
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.closest(".panel") !== null), true, "Tab goes to the panel");
  await close();
});

await check("the search finds languages by any of their names", async () => {
  const { page, close } = await open(index);
  const search = page.getByLabel("Find a language");
  const shown = () => page.getByRole("tab").locator("visible=true").allTextContents();
  await search.fill("golang");
  assert.deepEqual(await shown(), ["Go"]);
  assert.match(await page.locator(".count").textContent(), /^1 of \d+ languages$/);
  await search.fill("python httpx");
  assert.deepEqual(await shown(), ["Python · HTTPX"]);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Python · HTTPX");
  await search.fill("");
  assert.ok((await shown()).length > 40);
  await close();
});

await check("what is copied is the code", async () => {
  const { page, close } = await open("put-order/python.html");
  const button = page.getByRole("button", { name: "Copy" }).first();
  await button.click();
  await page.getByRole("button", { name: "Copied" }).waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied, await page.locator("pre code").first().evaluate((code) => code.textContent));
  assert.match(copied, /^import requests\n/);
  await close();
});

await check("without a script, all languages are shown", async () => {
  const { page, close } = await open(index, { javaScriptEnabled: false });
  assert.ok((await panels(page)).length > 40);
  assert.equal(await page.locator("[data-find]:visible, [data-copy]:visible").count(), 0);
  await close();
});

const looks = [
  ["wide-light", { viewport: { width: 1280, height: 900 }, colorScheme: "light" }],
  ["wide-dark", { viewport: { width: 1280, height: 900 }, colorScheme: "dark" }],
  ["narrow-light", { viewport: { width: 360, height: 740 }, colorScheme: "light" }],
  ["narrow-dark", { viewport: { width: 360, height: 740 }, colorScheme: "dark" }],
];
for (const [look, options] of looks) {
  await check(`${look}: axe finds nothing, and nothing is wider than the screen`, async () => {
    for (const path of ["index.html", index, "put-order/python.html", "query-orders/javascript.html", "upload/shell.html"]) {
      const { page, close } = await open(path, { ...options, bypassCSP: true });
      await page.locator("details").evaluateAll((all) => all.forEach((it) => { it.open = true; }));
      const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(widths[0] <= widths[1], `${path}: ${widths[0]} of ${widths[1]} pixels`);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => globalThis.axe.run());
      const told = violations.flatMap((it) => it.nodes.map((node) => `${it.id}: ${node.target} ${node.failureSummary}`));
      assert.deepEqual(told, [], path);
      if (pictures) {
        const name = path.replaceAll("/", "-").replace(".html", "");
        await page.screenshot({ path: join(pictures, `${look}-${name}.png`), fullPage: true });
      }
      await close();
    }
  });
}

await check("a print has the chosen code, and no controls", async () => {
  const { page, close } = await open(index);
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator(".languages:visible, .copy:visible, .top:visible").count(), 0);
  assert.deepEqual(await panels(page), ["Shell curl"]);
  await close();
});

await browser.close();
await close();
console.log(`${passed} passed, 0 failed`);
