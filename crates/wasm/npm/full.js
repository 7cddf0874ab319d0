// For browsers and bundlers: the full module, which also expands pages and takes templates, is fetched by `init`, once.

import { fetchOnce } from "./modules.js";
import start, * as exports from "./requote_full.js";

/** Fetches the module, from beside this file unless another place is given. */
export const init = fetchOnce("full", start, exports, new URL("./requote_full_bg.wasm", import.meta.url));

export * from "./core.js";
