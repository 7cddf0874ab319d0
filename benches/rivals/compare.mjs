// node compare.mjs FOLDER-OF-REQUOTE MESSAGE

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { RIVALS, readMessage } from "./rivals.mjs";

const [folder, file] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const requote = join(folder, "requote");
const ROUNDS = 15;
const MILLISECONDS = 200;

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** Conversions in a second. */
function rateOf(convert) {
  const start = performance.now();
  let count = 0;
  while (performance.now() - start < MILLISECONDS) {
    for (let i = 0; i < 20; i++) convert();
    count += 20;
  }
  return (count * 1000) / (performance.now() - start);
}

/** Runs a command to its end; what it said on either stream. */
function run(command) {
  const ended = spawnSync(command[0], command.slice(1), { encoding: "utf8" });
  if (ended.status !== 0) throw new Error(`${command.join(" ")}\n${ended.stderr}`);
  return ended;
}

/** Milliseconds of a process. */
function timeOf(command) {
  const start = performance.now();
  run(command);
  return performance.now() - start;
}

/** Peak memory of a process in KiB. Its own child, so that the peak is not that of what forks. */
function memoryOf(command) {
  const memory = Number(run(["/usr/bin/time", "-f", "%M", ...command]).stderr.trim().split("\n").at(-1));
  if (!memory) throw new Error("no peak memory: is GNU time there?");
  return memory;
}

/** The rates that the example program says, by work. */
function ownRates() {
  const { stdout } = run([join(folder, "examples/throughput"), file, "--rounds", "2"]);
  const lines = stdout.trim().split("\n").map((line) => line.split(" "));
  return lines.map(([work, rate]) => [work, Number(rate)]);
}

const message = readMessage(readFileSync(file, "latin1"));
const rivals = [];
for (const [name, load] of Object.entries(RIVALS)) rivals.push([name, await load(message)]);
const commands = [
  ["nothing", ["/bin/true"]],
  ["requote", [requote, "to", "python", file]],
  ...rivals.map(([name]) => [name, [process.execPath, join(here, "once.mjs"), name, file]]),
];

// All take turns, so that a machine that is busy for a while slows all of them.
const rates = {};
const times = {};
const keep = (table, name, value) => (table[name] ??= []).push(value);
for (const [, convert] of rivals) rateOf(convert);
for (let round = 0; round < ROUNDS; round++) {
  for (const [work, rate] of ownRates()) keep(rates, work, rate);
  for (const [name, convert] of rivals) keep(rates, name, rateOf(convert));
  for (const [name, command] of commands) keep(times, name, timeOf(command));
}
rates.requote = rates.whole;

/** The middle of the ratios that the rounds give. */
const ratio = (table, one, other) => median(table[one].map((value, round) => value / table[other][round]));

console.log("| generator | snippets/s | requote is | process | requote takes | memory | requote takes |");
console.log("|---|--:|--:|--:|--:|--:|--:|");
const memory = Object.fromEntries(commands.map(([name, command]) => [name, memoryOf(command)]));
for (const name of ["requote", ...rivals.map(([name]) => name)]) {
  const cells = [
    name,
    Math.round(median(rates[name])).toLocaleString("en"),
    `${ratio(rates, "requote", name).toFixed(1)} times`,
    `${median(times[name]).toFixed(1)} ms`,
    `1/${ratio(times, name, "requote").toFixed(1)}`,
    `${(memory[name] / 1024).toFixed(1)} MiB`,
    `1/${(memory[name] / memory.requote).toFixed(1)}`,
  ];
  console.log(`| ${cells.join(" | ")} |`);
}
console.log(`\nA process that does nothing takes ${median(times.nothing).toFixed(1)} ms; requote takes ` +
  `${ratio(times, "requote", "nothing").toFixed(1)} times that.`);
console.log(`A function written by hand writes ${ratio(rates, "floor", "whole").toFixed(2)} times as many snippets.`);
console.log(`Two threads write ${ratio(rates, "threads", "whole").toFixed(2)} times as many as one; of the ` +
  `function written by hand, which shares nothing, ${ratio(rates, "floor-threads", "floor").toFixed(2)} times.`);
