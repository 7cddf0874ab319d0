// Converts every message of a folder to every target of httpsnippet, again and again, and prints how
// many snippets were written: node mixed.mjs FOLDER ROUNDS

import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { readMessage, toHar } from "./rivals.mjs";

const { HTTPSnippet, availableTargets } = createRequire(import.meta.url)("httpsnippet");
const [folder, rounds] = process.argv.slice(2);
const requests = [];
for (const name of readdirSync(folder)) {
  try {
    const har = toHar(readMessage(readFileSync(join(folder, name), "latin1")));
    new HTTPSnippet(har).convert("shell", "curl");
    requests.push(har);
  } catch {
    // What httpsnippet refuses, or this reader, is not counted.
  }
}
const targets = availableTargets().flatMap(({ key, clients }) =>
  clients.map((client) => [key, client.key]),
);
let count = 0;
for (let round = 0; round < Number(rounds); round++) {
  for (const har of requests) {
    const snippet = new HTTPSnippet(har);
    for (const [target, client] of targets) {
      try {
        if (snippet.convert(target, client)) count += 1;
      } catch {
        // Not counted, though its time is.
      }
    }
  }
}
console.log(count);
