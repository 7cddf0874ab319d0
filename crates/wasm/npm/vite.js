// A plug-in of Vite for VitePress: pages pass through requote before VitePress reads them.

import { dirname } from "node:path";
import { expandPage } from "./pages.js";

export default function requote(options = {}) {
  return {
    name: "requote",
    enforce: "pre",
    transform(code, id) {
      const [path] = id.split("?");
      if (!path.endsWith(".md")) return undefined;
      const settings = { style: "vitepress", root: dirname(path), warn: (line) => this.warn(line), ...options };
      const { text, files } = expandPage(code, path, "markdown", settings);
      files.forEach((file) => this.addWatchFile(file));
      return text === code ? undefined : { code: text, map: null };
    },
  };
}
