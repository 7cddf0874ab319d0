// node compare.mjs FOLDER-OF-REQUOTE MESSAGE

import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { RIVALS } from "./rivals.mjs";

const [folder, file] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const requote = join(folder, "requote");
const ROUNDS = 11;

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

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
  const { stdout } = run([join(folder, "examples/throughput"), file, "--rounds", "3"]);
  const lines = stdout.trim().split("\n").map((line) => line.split(" "));
  return lines.map(([work, rate]) => [work, Number(rate)]);
}

const node = (script, name) => [process.execPath, join(here, script), name, file];
const names = Object.keys(RIVALS);
const commands = [
  ["nothing", ["/bin/true"]],
  ["requote", [requote, "to", "python", file]],
  ...names.map((name) => [name, node("once.mjs", name)]),
];

// All take turns, so that a machine that is busy for a while slows all of them.
const rates = {};
const times = {};
const keep = (table, name, value) => (table[name] ??= []).push(value);
for (let round = 0; round < ROUNDS; round++) {
  for (const [work, rate] of ownRates()) keep(rates, work, rate);
  for (const name of names) keep(rates, name, Number(run(node("rate.mjs", name)).stdout));
  for (const [name, command] of commands) keep(times, name, timeOf(command));
}
rates.requote = rates.whole;

/** The middle of the ratios that the rounds give. */
const ratio = (table, one, other) => median(table[one].map((value, round) => value / table[other][round]));

console.log("| generator | snippets/s | requote is | process | requote takes | memory | requote takes |");
console.log("|---|--:|--:|--:|--:|--:|--:|");
const memory = Object.fromEntries(commands.map(([name, command]) => [name, memoryOf(command)]));
for (const name of ["requote", ...names]) {
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
