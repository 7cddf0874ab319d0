// For Node.js: the small module is read from the package, and is there when the import is done; the full one is
// read when something needs it.

import { readFileSync } from "node:fs";
import { offer } from "./modules.js";
import * as full from "./requote_full.js";
import * as small from "./requote_wasm.js";

const read = (name) => ({ module: readFileSync(new URL(name, import.meta.url)) });

small.initSync(read("./requote_wasm_bg.wasm"));
offer("small", () => small);
offer("full", () => {
  full.initSync(read("./requote_full_bg.wasm"));
  offer("full", () => full);
  return full;
});

/** Nothing is left to do; a page for a browser calls it. */
export const init = async () => {};

export * from "./core.js";
