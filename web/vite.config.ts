import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

// The files may be served from any folder of any host.
export default defineConfig({
  base: "./",
  resolve: {
    alias: { requote: fileURLToPath(new URL("../crates/wasm/npm/browser.js", import.meta.url)) },
  },
  build: { target: "es2022", modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
  server: { fs: { allow: [".."] } },
});
