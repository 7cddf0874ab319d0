// A preprocessor for Docusaurus: pages pass through requote before MDX reads them.

import { dirname } from "node:path";
import { expandPage } from "./pages.js";

export default function requote(options = {}) {
  return ({ filePath, fileContent }) => {
    const settings = { style: "docusaurus", root: dirname(filePath), ...options };
    return expandPage(fileContent, filePath, "mdx", settings).text;
  };
}
