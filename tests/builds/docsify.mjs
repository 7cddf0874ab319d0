// Shows the pages of docsify, which a browser makes from Markdown, and writes the HTML that is seen then.
//
//     node tests/builds/docsify.mjs PROJECT BUILT
//
// PROJECT has index.html, the pages `page-N.md` and `node_modules` with playwright-core.

import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import path from "node:path";

const [project, built] = process.argv.slice(2).map((it) => path.resolve(it));
const { chromium } = createRequire(path.join(project, "x.js"))("playwright-core");

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".md": "text/markdown" };
const server = createServer(async (request, response) => {
  const name = path.join(project, new URL(request.url, "http://localhost").pathname);
  try {
    const content = await readFile(name.endsWith("/") ? `${name}index.html` : name);
    response.setHeader("content-type", `${TYPES[path.extname(name)] ?? "text/html"}; charset=utf-8`);
    response.end(content);
  } catch {
    response.statusCode = 404;
    response.end();
  }
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const origin = `http://127.0.0.1:${server.address().port}/`;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
  ],
});
try {
  await mkdir(built, { recursive: true });
  const pages = (await readdir(project)).filter((name) => /^page-\d+\.md$/.test(name));
  for (const name of pages) {
    const page = await browser.newPage();
    await page.goto(`${origin}#/${name.replace(/\.md$/, "")}`);
    await page.waitForSelector(".markdown-section .docsify-tabs");
    await writeFile(path.join(built, name.replace(/\.md$/, ".html")), await page.content());
    await page.close();
  }
} finally {
  await browser.close();
  server.close();
}
