// The WebAssembly modules that are loaded. Each function of the package asks for the one that it needs.

const loaded = {};

/** Says that a module is there, or can be had at once: `load` gives the functions that it exports. */
export function offer(name, load) {
  loaded[name] = load;
}

/** A function that fetches a module once; where it fails, the next call tries again. */
export function fetchOnce(name, start, exports, place) {
  let started;
  return (module = place) => {
    started ??= start({ module_or_path: module }).then(
      () => offer(name, () => exports),
      (error) => {
        started = undefined;
        throw error;
      },
    );
    return started;
  };
}

/** The module that quotes: the small one, or the full one where only that is loaded. */
export function small() {
  const load = loaded.small ?? loaded.full;
  if (!load) throw new Error("the module is not loaded: `await init()` first");
  return load();
}

/** The module that also expands pages and takes templates. */
export function full() {
  if (!loaded.full) throw new Error("`expand` and `templates` need the full module: `await init()` of `requote/full`");
  return loaded.full();
}
