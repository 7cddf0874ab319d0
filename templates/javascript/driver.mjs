// Runs snippets in one headless Chromium, each as a module in a page of its own.
//
//     node driver.mjs LIST
//
// LIST has a line for each snippet: folder, file, origin and the number of files that it reads (none
// here), with tabs between. The page has that origin, so that the snippet's request is a same-origin
// one; the page itself is handed to the browser over the debugging pipe and never asked of the
// origin's server. Beside each snippet the files `exit`, `stdout` and `stderr` are left.

import { spawn } from "node:child_process";
import { accessSync, constants, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";

const SNIPPET_LIMIT = 15_000;
const SETTLE = 10;
const BROWSERS = [
  "chromium-headless-shell",
  "chrome-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome",
];
const PAGE = '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title></title>';

/** The first browser that the search path has. */
function findBrowser() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  for (const name of BROWSERS) {
    for (const folder of folders) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not here.
      }
    }
  }
  throw new Error(`none of ${BROWSERS.join(", ")} is installed`);
}

/** A browser that speaks the DevTools protocol over file descriptors 3 and 4. */
class Browser {
  #process;
  #calls = new Map();
  #listeners = new Map();
  #number = 0;
  #input = Buffer.alloc(0);

  constructor(path, profile) {
    const flags = [
      "--headless",
      "--remote-debugging-pipe",
      `--user-data-dir=${profile}`,
      "--disable-gpu",
      "--no-first-run",
      "--no-default-browser-check",
      "--no-proxy-server",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-default-apps",
      "--disable-extensions",
      "--disable-sync",
      "--disable-dev-shm-usage",
      "--mute-audio",
      // In a network of its own each name is this machine, which Chromium lets no page of another name ask.
      "--disable-features=LocalNetworkAccessChecks",
      // A browser that a person uses says which languages it wants.
      "--accept-lang=en-US,en",
    ];
    // Chromium refuses to run as root with its sandbox.
    if (process.getuid?.() === 0) flags.push("--no-sandbox");
    const stdio = ["ignore", "ignore", "ignore", "pipe", "pipe"];
    this.#process = spawn(path, [...flags, "about:blank"], { stdio });
    this.#process.stdio[4].on("data", (data) => this.#read(data));
    // A browser that ends answers no call.
    this.#process.on("exit", (status, signal) => {
      const error = new Error(`the browser ended (${signal ?? status})`);
      for (const { reject } of this.#calls.values()) reject(error);
      this.#calls.clear();
    });
    this.#process.stdio[3].on("error", () => {});
  }

  #read(data) {
    this.#input = Buffer.concat([this.#input, data]);
    for (let end; (end = this.#input.indexOf(0)) >= 0; ) {
      const message = JSON.parse(this.#input.subarray(0, end).toString());
      this.#input = this.#input.subarray(end + 1);
      this.#take(message);
    }
  }

  #take({ id, error, result, method, params, sessionId }) {
    if (id === undefined) {
      this.#listeners.get(sessionId)?.(method, params);
      return;
    }
    const call = this.#calls.get(id);
    this.#calls.delete(id);
    if (error) call?.reject(new Error(`${call.method}: ${error.message}`));
    else call?.resolve(result);
  }

  send(method, params = {}, sessionId = undefined) {
    const id = ++this.#number;
    return new Promise((resolve, reject) => {
      this.#calls.set(id, { method, resolve, reject });
      this.#process.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  /** The answer of {@link identity}: each page needs it. */
  #identity;

  /**
   * What the browser says of itself. No message comes from such a system, so that what the browser
   * sends is told from what the snippet says.
   */
  identity() {
    return (this.#identity ??= this.#makeIdentity());
  }

  async #makeIdentity() {
    const { userAgent } = await this.send("Browser.getVersion");
    const [, brand, version] = /(\w+)\/(\d+)\S* Safari/.exec(userAgent);
    const system = { platform: "Test", platformVersion: "", architecture: "", model: "" };
    const brands = [{ brand, version }];
    return { userAgent, userAgentMetadata: { brands, mobile: false, ...system } };
  }

  listen(sessionId, listener) {
    this.#listeners.set(sessionId, listener);
  }

  forget(sessionId) {
    this.#listeners.delete(sessionId);
  }

  async close() {
    const ended = new Promise((resolve) => this.#process.once("exit", resolve));
    await Promise.race([this.send("Browser.close").catch(() => {}), wait(2000)]);
    await Promise.race([ended, wait(2000)]);
    this.#process.kill("SIGKILL");
  }
}

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds).unref());

/** A value that the snippet logs, as a console shows it. */
function show(value) {
  if (value.type === "string") return value.value;
  if ("unserializableValue" in value) return value.unserializableValue;
  if ("value" in value) return JSON.stringify(value.value);
  return value.description ?? value.type;
}

const describe = (details) => details.exception?.description ?? details.text;

/** A page of its own for one snippet, and what happens in it. */
class Page {
  stdout = "";
  stderr = "";
  failed = false;
  #browser;
  #context;
  #session;
  #url;
  #loaded;
  #pending = new Set();

  static async open(browser, origin) {
    const page = new Page();
    page.#browser = browser;
    page.#url = `${origin}/`;
    const { browserContextId } = await browser.send("Target.createBrowserContext");
    page.#context = browserContextId;
    const { targetId } = await browser.send("Target.createTarget", {
      url: "about:blank",
      browserContextId,
    });
    const attached = await browser.send("Target.attachToTarget", { targetId, flatten: true });
    page.#session = attached.sessionId;
    browser.listen(page.#session, (method, params) => page.#notice(method, params));
    await page.#load();
    return page;
  }

  #send(method, params) {
    return this.#browser.send(method, params, this.#session);
  }

  async #load() {
    const loaded = new Promise((resolve) => (this.#loaded = resolve));
    await Promise.all([
      this.#send("Page.enable"),
      this.#send("Runtime.enable"),
      this.#send("Emulation.setUserAgentOverride", await this.#browser.identity()),
    ]);
    await this.#send("Fetch.enable", { patterns: [{ urlPattern: "*" }] });
    await this.#send("Page.navigate", { url: this.#url });
    await loaded;
    // From here on nothing stands between the snippet and the network.
    await this.#send("Fetch.disable");
    await this.#send("Network.enable");
  }

  #notice(method, params) {
    switch (method) {
      case "Fetch.requestPaused":
        this.#fulfil(params);
        break;
      case "Page.loadEventFired":
        this.#loaded();
        break;
      case "Network.requestWillBeSent":
        if (!params.request.url.startsWith("data:")) this.#pending.add(params.requestId);
        break;
      case "Network.loadingFailed":
        // The page learns of no reason.
        this.stderr += `${params.blockedReason ?? params.errorText}\n`;
      // falls through
      case "Network.loadingFinished":
        this.#pending.delete(params.requestId);
        break;
      case "Runtime.consoleAPICalled": {
        const line = `${params.args.map(show).join(" ")}\n`;
        if (params.type === "error" || params.type === "warning") this.stderr += line;
        else this.stdout += line;
        break;
      }
      case "Runtime.exceptionThrown":
        this.fail(describe(params.exceptionDetails));
        break;
    }
  }

  #fulfil({ requestId, request }) {
    const isPage = request.url === this.#url;
    const answer = {
      requestId,
      responseCode: isPage ? 200 : 404,
      responseHeaders: [{ name: "Content-Type", value: "text/html; charset=utf-8" }],
      body: Buffer.from(isPage ? PAGE : "").toString("base64"),
    };
    this.#send("Fetch.fulfillRequest", answer).catch(() => {});
  }

  fail(reason) {
    this.failed = true;
    this.stderr += `${reason}\n`;
  }

  /** Runs the code to its end, and until no request is under way. */
  async run(code) {
    const module = `data:text/javascript;charset=utf-8;base64,${code.toString("base64")}`;
    const { exceptionDetails } = await this.#send("Runtime.evaluate", {
      expression: `import(${JSON.stringify(module)}).then(() => {})`,
      awaitPromise: true,
      userGesture: true,
    });
    if (exceptionDetails) this.fail(describe(exceptionDetails));
    do await wait(SETTLE);
    while (this.#pending.size > 0);
  }

  async close() {
    this.#browser.forget(this.#session);
    await this.#browser.send("Target.disposeBrowserContext", { browserContextId: this.#context });
  }
}

async function runSnippet(browser, folder, file, origin) {
  const page = await Page.open(browser, origin);
  const isDone = Promise.race([
    page.run(readFileSync(join(folder, file))).then(() => true),
    wait(SNIPPET_LIMIT).then(() => false),
  ]);
  if (!(await isDone)) page.fail(`still running after ${SNIPPET_LIMIT / 1000} s`);
  await page.close();
  writeFileSync(join(folder, "stdout"), page.stdout);
  writeFileSync(join(folder, "stderr"), page.stderr);
  writeFileSync(join(folder, "exit"), page.failed ? "1" : "0");
}

const list = process.argv[2];
const lines = readFileSync(list, "utf8").split("\n").filter(Boolean);
const browser = new Browser(findBrowser(), mkdtempSync(join(dirname(list), "profile-")));
// Keeps the program alive while it waits for nothing but the browser.
const alive = setInterval(() => {}, 1000);
try {
  for (const line of lines) await runSnippet(browser, ...line.split("\t"));
} finally {
  await browser.close();
  clearInterval(alive);
}
