// Shows the pages of docsify, which a browser makes from Markdown, and writes the HTML that is seen then.
//
//     node tests/builds/docsify.mjs PROJECT BUILT
//
// PROJECT has index.html, the pages `page-N.md` and `node_modules` with playwright-core.

import { mkdir, readdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { launch, serve } from "../chromium.mjs";

const [project, built] = process.argv.slice(2).map((it) => path.resolve(it));
const { chromium } = createRequire(path.join(project, "x.js"))("playwright-core");

const { origin, close } = await serve(project);
const browser = await launch(chromium);
try {
  await mkdir(built, { recursive: true });
  const pages = (await readdir(project)).filter((name) => /^page-\d+\.md$/.test(name));
  for (const name of pages) {
    const page = await browser.newPage();
    await page.goto(`${origin}/#/${name.replace(/\.md$/, "")}`);
    await page.waitForSelector(".markdown-section .docsify-tabs");
    await writeFile(path.join(built, name.replace(/\.md$/, ".html")), await page.content());
    await page.close();
  }
} finally {
  await browser.close();
  await close();
}
