// For Node.js: the module is read from the package, and is there when the import is done.

import { readFileSync } from "node:fs";
import { initSync } from "./requote_wasm.js";

initSync({ module: readFileSync(new URL("./requote_wasm_bg.wasm", import.meta.url)) });

/** Nothing is left to do; a page for a browser calls it. */
export const init = async () => {};

export * from "./core.js";
