// What the package does, whoever loaded the modules. Each function passes bytes and JSON to a module,
// and reads the JSON that comes back: the text that the program prints.

import { full, small } from "./modules.js";

const encoder = new TextEncoder();

/** What cannot be done as it is asked: an unknown target, a value that an option does not take. */
export class RequoteError extends Error {
  constructor(diagnostic) {
    super(diagnostic.message);
    this.name = "RequoteError";
    this.code = diagnostic.code;
    this.diagnostics = [diagnostic];
  }
}

const toBytes = (input) => (typeof input === "string" ? encoder.encode(input) : input);

function toBase64(input) {
  let binary = "";
  for (const byte of toBytes(input)) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** Options as the module reads them: files are bytes there. */
function toJson({ files, ...options }) {
  if (files) {
    const encoded = Object.entries(files).map(([name, input]) => [name, toBase64(input)]);
    options.files = Object.fromEntries(encoded);
  }
  return JSON.stringify(options);
}

/** Calls the module. What it throws as a text is a diagnostic. */
function call(run) {
  try {
    return JSON.parse(run());
  } catch (error) {
    throw typeof error === "string" ? new RequoteError(JSON.parse(error)) : error;
  }
}

/** Templates of the caller's own need the full module. */
const moduleFor = ({ templates }) => (templates && Object.keys(templates).length > 0 ? full() : small());

export function quote(input, target, options = {}) {
  return call(() => moduleFor(options).quote(toBytes(input), target, toJson(options)));
}

export function targets(input, options = {}) {
  const bytes = input === undefined || input === null ? undefined : toBytes(input);
  return call(() => moduleFor(options).targets(bytes, toJson(options)));
}

export function check(input, options = {}) {
  return call(() => small().check(toBytes(input), toJson(options)));
}

export function expand(page, format, options = {}) {
  return call(() => full().expand(page, format, toJson(options)));
}

export function withoutSecrets(input, options = {}) {
  const masked = call(() => small().without_secrets(toBytes(input), toJson(options)));
  return masked && Uint8Array.from(atob(masked), (character) => character.charCodeAt(0));
}
