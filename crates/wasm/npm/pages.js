// What the plug-ins share: a page of documentation with its snippets, and the files that it names.

import { readFileSync } from "node:fs";
import { resolve, sep } from "node:path";
import { expand } from "./node.js";

/** The file of a name that a page gives, if it is below the folder; a link out of it is the author's own. */
function readBelow(root, name) {
  const path = resolve(root, name);
  if (!path.startsWith(resolve(root) + sep)) return undefined;
  try {
    return { path, bytes: readFileSync(path) };
  } catch {
    // The page is told which file there is not.
    return undefined;
  }
}

/**
 * Expands a page. `file` names it in what is told; files that it names are below `root`. Warnings and notes go
 * to `warn`; an error ends the build.
 */
export function expandPage(page, file, format, { root = ".", warn = console.warn, ...options }) {
  if (!page.includes("requote")) return { text: page, files: [] };
  let expanded = expand(page, format, options);
  // A page is read once to learn which files it names.
  const names = expanded.regions.flatMap(({ source }) => (source === null ? [] : [source]));
  const read = names.map((name) => [name, readBelow(root, name)]).filter(([, found]) => found);
  if (read.length > 0) {
    const files = Object.fromEntries(read.map(([name, { bytes }]) => [name, bytes]));
    expanded = expand(page, format, { ...options, files });
  }
  report(expanded, file, warn);
  return { text: expanded.text, files: read.map(([, { path }]) => path) };
}

function report({ regions, diagnostics }, file, warn) {
  const ofTargets = regions.flatMap((region) => [
    ...region.diagnostics,
    ...region.targets.flatMap(({ target, diagnostics }) =>
      diagnostics.map((told) => ({ ...told, message: `${target}: ${told.message}` })),
    ),
  ]);
  const lines = { error: [], warning: [], note: [] };
  for (const { severity, code, message, help, line, column } of [...diagnostics, ...ofTargets]) {
    const place = line === null ? file : `${file}:${line}:${column}`;
    lines[severity].push(`${place}: ${severity}[${code}]: ${message}${help ? ` (${help})` : ""}`);
  }
  lines.warning.forEach((line) => warn(line));
  if (lines.error.length > 0) throw new Error(lines.error.join("\n"));
}
