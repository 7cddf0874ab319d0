// Uses the tabs of built pages in Chromium: one click switches all sets of a page, the choice is there
// after a reload and on other pages, keys work, and nothing is fetched from elsewhere.
//
//     node tests/builds/browser.mjs MODULES KIND FOLDER PAGE OTHER-PAGE FILE-PAGE [PICTURES]
//
// MODULES has playwright-core, KIND is mdbook or mkdocs, FOLDER is the HTML. On FILE-PAGE the last
// tab of a set makes a file. PICTURES is a folder for pictures of the page.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import path from "node:path";
import { launch, serve } from "../chromium.mjs";

const [modules, kind, folder, page, otherPage, filePage, pictures] = process.argv.slice(2);
const { chromium } = createRequire(path.resolve(modules, "x.js"))("playwright-core");

const { origin, close } = await serve(folder);

const KINDS = {
  mdbook: {
    set: ".requote-live",
    tab: '[role="tab"]',
    chosen: (set) => set.querySelector('[aria-selected="true"]').textContent,
    shown: (set) =>
      [...set.querySelectorAll(".requote-tab")].filter((it) => it.checkVisibility()).length,
  },
  mkdocs: {
    set: ".tabbed-set",
    tab: ".tabbed-labels > label",
    chosen: (set) => set.querySelectorAll("label")[
      [...set.querySelectorAll(":scope > input")].findIndex((it) => it.checked)
    ].textContent,
    shown: (set) =>
      [...set.querySelectorAll(".tabbed-block")].filter((it) => it.checkVisibility()).length,
  },
};
const { set, tab, chosen, shown } = KINDS[kind];

const browser = await launch(chromium);
const foreign = [];
const faults = [];
const open = async (options) => {
  const context = await browser.newContext(options);
  context.on("request", (request) => {
    if (!request.url().startsWith(`${origin}/`) && !request.url().startsWith("data:")) {
      foreign.push(request.url());
    }
  });
  context.on("weberror", (error) => faults.push(String(error.error())));
  const view = await context.newPage();
  await view.goto(`${origin}/${page}`);
  return view;
};
const inAll = (view, what) => view.$$eval(set, (sets, text) => sets.map(eval(text)), String(what));
const allAre = async (view, label) => {
  const found = await inAll(view, chosen);
  assert.ok(found.length >= 2, "a page has several sets");
  assert.deepEqual(found, found.map(() => label));
  assert.deepEqual(await inAll(view, shown), found.map(() => 1), "one block is shown in each set");
};

const view = await open({ viewport: { width: 1100, height: 800 } });
await view.waitForSelector(set);
const labels = await view.$$eval(`${set}:first-of-type`, (sets, tab) =>
  [...sets[0].querySelectorAll(tab)].map((it) => it.textContent), tab);
assert.ok(labels.length >= 3, "a set has several tabs");
await allAre(view, labels[0]);

// A click in one set switches all, and what was clicked stays where it is.
const second = view.locator(set).nth(1).locator(tab, { hasText: labels[1] });
await second.scrollIntoViewIfNeeded();
const before = await second.boundingBox();
await second.click();
await allAre(view, labels[1]);
if (kind === "mdbook") {
  assert.ok(Math.abs((await second.boundingBox()).y - before.y) < 2, "the page does not jump");
}
await view.reload();
await view.waitForSelector(set);
await allAre(view, labels[1]);
await view.goto(`${origin}/${otherPage}`);
await view.waitForSelector(set);
assert.ok((await inAll(view, chosen)).every((label) => label === labels[1]), "on another page too");

if (kind === "mdbook") {
  // The tab of a file is no choice of a language.
  await view.goto(`${origin}/${filePage}`);
  await view.locator(set).locator(tab).last().click();
  assert.match((await inAll(view, chosen))[0], /^body\./);
  await view.reload();
  await view.waitForSelector(set);
  assert.deepEqual(await inAll(view, chosen), [labels[1]], "the choice of a language is kept");

  await view.goto(`${origin}/${page}`);
  const focused = () => view.evaluate(() => document.activeElement.textContent);
  await view.locator(set).first().locator(tab, { hasText: labels[1] }).focus();
  const last = labels.length - 1;
  for (const [key, at] of [["ArrowRight", 2], ["ArrowLeft", 1], ["Home", 0], ["ArrowLeft", last],
    ["ArrowRight", 0], ["End", last]]) {
    await view.keyboard.press(key);
    await allAre(view, labels[at]);
    assert.equal(await focused(), labels[at], `${key} moves the focus`);
  }
  assert.equal(view.url(), `${origin}/${page}`, "the book does not turn the page");
  await view.keyboard.press("Tab");
  assert.equal(await view.evaluate(() => document.activeElement.getAttribute("role")), "tabpanel");
  // The pattern of tabs in ARIA Authoring Practices: what controls what, and one stop for the Tab key.
  const holds = await view.$$eval(set, (sets) => sets.map((set) => {
    const list = set.querySelector(':scope > [role="tablist"]');
    const tabs = [...list.children];
    return list.getAttribute("aria-label") !== null
      && tabs.filter((it) => it.tabIndex === 0).length === 1
      && tabs.every((it) => {
        const panel = document.getElementById(it.getAttribute("aria-controls"));
        return panel.getAttribute("role") === "tabpanel" && set.contains(panel)
          && panel.getAttribute("aria-labelledby") === it.id
          && (it.getAttribute("aria-selected") === "true") === !panel.hidden;
      });
  }));
  assert.ok(holds.every(Boolean), "roles and names of tabs and panels");
  await view.emulateMedia({ media: "print" });
  const count = labels.length;
  assert.equal((await inAll(view, shown))[0], count, "in print all blocks are there");
  await view.emulateMedia({ media: "screen" });

  const bare = await open({ javaScriptEnabled: false });
  assert.equal(await bare.locator(".requote-tab:visible").count(), await bare.locator(".requote-tab").count());
  assert.equal(await bare.locator(".requote-label:visible").count(), await bare.locator(".requote-tab").count());
}

if (pictures) {
  for (const [name, colorScheme, width] of [["light", "light", 1100], ["dark", "dark", 1100], ["narrow", "light", 400]]) {
    const shot = await open({ colorScheme, viewport: { width, height: 900 } });
    await shot.waitForSelector(set);
    await shot.locator(set).first().scrollIntoViewIfNeeded();
    await shot.screenshot({ path: path.join(pictures, `${kind}-${name}.png`) });
  }
}
assert.deepEqual(foreign, [], "nothing is fetched from elsewhere");
assert.deepEqual(faults, [], "no script fails");
await browser.close();
await close();
console.log(`docs: ${kind} in Chromium: ${labels.length} tabs, switched, kept, by keys`);
