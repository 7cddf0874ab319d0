// For browsers and bundlers: the module is fetched by `init`, once.

import start from "./requote_wasm.js";

let started;

/** Fetches the module, from beside this file unless another place is given. */
export function init(module = new URL("./requote_wasm_bg.wasm", import.meta.url)) {
  started ??= start({ module_or_path: module }).then(
    () => undefined,
    (error) => {
      // The next call tries again.
      started = undefined;
      throw error;
    },
  );
  return started;
}

export * from "./core.js";
