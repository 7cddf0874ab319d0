import type { PageOptions } from "./vite.js";

/** The preprocessor, for `markdown: { preprocessor: requote() }` in the configuration of Docusaurus. */
export default function requote(options?: PageOptions): (page: { filePath: string; fileContent: string }) => string;
