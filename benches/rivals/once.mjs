// One conversion in a process of its own: node once.mjs GENERATOR MESSAGE

import { readFileSync } from "node:fs";
import { RIVALS, readMessage } from "./rivals.mjs";

const [name, file] = process.argv.slice(2);
const convert = await RIVALS[name](readMessage(readFileSync(file, "latin1")));
process.stdout.write(`${convert()}\n`);
