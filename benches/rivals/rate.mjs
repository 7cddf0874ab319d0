// Conversions in a second, in a process of its own: node rate.mjs GENERATOR MESSAGE

import { readFileSync } from "node:fs";
import { RIVALS, readMessage } from "./rivals.mjs";

const [name, file] = process.argv.slice(2);
const convert = await RIVALS[name](readMessage(readFileSync(file, "latin1")));

function rateOf(milliseconds) {
  const start = performance.now();
  let count = 0;
  while (performance.now() - start < milliseconds) {
    for (let i = 0; i < 20; i++) convert();
    count += 20;
  }
  return (count * 1000) / (performance.now() - start);
}

// The compiler of the engine needs some rounds to know what is hot.
rateOf(500);
console.log(Math.round(rateOf(300)));
