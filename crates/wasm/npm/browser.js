// For browsers and bundlers: the small module is fetched by `init`, once.

import { fetchOnce } from "./modules.js";
import start, * as exports from "./requote_wasm.js";

/** Fetches the module, from beside this file unless another place is given. */
export const init = fetchOnce("small", start, exports, new URL("./requote_wasm_bg.wasm", import.meta.url));

export * from "./core.js";
