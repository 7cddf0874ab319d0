// node compare.mjs FOLDER-OF-REQUOTE MESSAGE

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { RIVALS, readMessage } from "./rivals.mjs";

const [folder, file] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const requote = join(folder, "requote");
const ROUNDS = 7;
const SECONDS = 0.5;

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** Conversions in a second. */
function throughputOf(convert) {
  const rates = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    let count = 0;
    while (performance.now() - start < SECONDS * 1000) {
      for (let i = 0; i < 20; i++) convert();
      count += 20;
    }
    rates.push((count * 1000) / (performance.now() - start));
  }
  return median(rates);
}

/** Milliseconds and peak memory in KiB of a process. */
function processOf(command, runs = 15) {
  const times = [];
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    const ended = spawnSync(command[0], command.slice(1), { encoding: "utf8" });
    times.push(performance.now() - start);
    if (ended.status !== 0) throw new Error(`${command.join(" ")}\n${ended.stderr}`);
  }
  // Its own child, so that the peak is not that of the process which forks.
  const measured = spawnSync("/usr/bin/time", ["-f", "%M", ...command], { encoding: "utf8" });
  const memory = Number(measured.stderr.trim().split("\n").at(-1));
  if (!memory) throw new Error(`no peak memory: is GNU time there?\n${measured.stderr}`);
  return { time: median(times), memory };
}

/** The example program says its own rates, with what each stands for. */
function ownThroughputs() {
  const ended = spawnSync(join(folder, "examples/throughput"), [file], { encoding: "utf8" });
  if (ended.status !== 0) throw new Error(ended.stderr);
  const lines = ended.stdout.trim().split("\n").map((line) => line.split(" "));
  return Object.fromEntries(lines.map(([work, rate]) => [work, Number(rate)]));
}

const rows = [];
const add = (name, rate, { time, memory }) => rows.push({ name, rate, time, memory });
const message = readMessage(readFileSync(file, "latin1"));
const by = ownThroughputs();
add("requote", by.whole, processOf([requote, "to", "python", file]));
for (const [name, load] of Object.entries(RIVALS)) {
  const rate = throughputOf(await load(message));
  add(name, rate, processOf([process.execPath, join(here, "once.mjs"), name, file]));
}
const [own] = rows;
console.log("| generator | snippets/s | requote is | process | requote takes | memory | requote takes |");
console.log("|---|--:|--:|--:|--:|--:|--:|");
for (const { name, rate, time, memory } of rows) {
  const cells = [
    name,
    Math.round(rate).toLocaleString("en"),
    `${(own.rate / rate).toFixed(1)} times`,
    `${time.toFixed(1)} ms`,
    `1/${(time / own.time).toFixed(1)}`,
    `${(memory / 1024).toFixed(1)} MiB`,
    `1/${(memory / own.memory).toFixed(1)}`,
  ];
  console.log(`| ${cells.join(" | ")} |`);
}
const nothing = processOf(["/bin/true"]);
console.log(`\nA process that does nothing takes ${nothing.time.toFixed(1)} ms; requote takes ` +
  `${(own.time / nothing.time).toFixed(1)} times that.`);
const ratio = (work, other) => (by[work] / by[other]).toFixed(2);
console.log(`A function written by hand writes ${ratio("floor", "whole")} times as many snippets.`);
console.log(`Two threads write ${ratio("threads", "whole")} times as many as one; of the function ` +
  `written by hand, which shares nothing, ${ratio("floor-threads", "floor")} times.`);
