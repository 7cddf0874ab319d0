// `node same.mjs PROGRAM FILE…`: the package gives what the program prints, for each message, target and
// way of writing bodies, and for the lists of targets and of what is odd about a message.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { full } from "../npm/modules.js";
import { check, quote, targets } from "../npm/node.js";

const [program, ...files] = process.argv.slice(2);
assert.ok(files.length > 0, "no messages");

/** The lines that the program prints; it ends with 1 where a message or a target fails. */
function run(...args) {
  try {
    return read(execFileSync(program, args, { maxBuffer: 1 << 30, stdio: ["ignore", "pipe", "ignore"] }));
  } catch (error) {
    assert.equal(error.status, 1, `${args.slice(0, 5).join(" ")} failed: ${error.message}`);
    return read(error.stdout);
  }
}

const read = (bytes) => bytes.toString().split("\n").filter(Boolean);

/** The line of a message of no file. */
const withoutFile = (line) => line.replace(/"file":"(?:[^"\\]|\\.)*"/, '"file":null');

const known = targets().map((target) => target.id);
assert.ok(known.length >= 44, "too few targets");
assert.deepEqual(targets().map((target) => JSON.stringify(target)), run("targets", "--json"));
assert.deepEqual(JSON.parse(full().targets(undefined, "{}")), targets(), "the full module has other targets");

let compared = 0;
for (const body of ["auto", "exact", "text", "native"]) {
  const lines = run("to", "all", "--json", "--body", body, ...files);
  for (const file of files) {
    const message = readFileSync(file);
    for (const target of known) {
      const ours = JSON.stringify(quote(message, target, { body }));
      const { target: quoted } = JSON.parse(ours);
      // Where a message does not parse, the program has one line for all targets.
      const theirs = quoted === null && target !== known[0] ? ours : withoutFile(lines.shift() ?? "");
      assert.equal(ours, theirs, `${file} for ${target} with --body ${body}`);
      if (body === "auto") {
        assert.equal(full().quote(message, target, "{}"), ours, `${file} for ${target} by the full module`);
      }
      compared += 1;
    }
  }
  assert.equal(lines.length, 0, "the program prints more");
}

for (const file of files) {
  const message = readFileSync(file);
  const ours = check(message).map(({ title, ...line }) => JSON.stringify(line));
  assert.deepEqual(ours, run("check", "--json", file).map(withoutFile), `check ${file}`);
}
for (const file of files.slice(0, 10)) {
  const ours = targets(readFileSync(file)).map((row) => JSON.stringify(row));
  const theirs = run("targets", "--json", "--for", file);
  if (theirs.length > 0) assert.deepEqual(ours, theirs, `targets for ${file}`);
}

console.log(`${compared} snippets of ${files.length} messages are the program's`);
