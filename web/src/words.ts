// What came of a request, in words.

import type { Snippet } from "requote";

/** One sentence on what arrives. */
export function summarise(snippet: Snippet): string {
  const client = snippet.label ?? "The client";
  switch (snippet.outcome) {
    case "exact":
      return `${client} sends this request as it is: method, target, fields and body arrive unchanged.`;
    case "semantic":
      return `${client} sends this request with the same meaning. What is equal only in meaning is listed here.`;
    case "lossy":
      return `${client} cannot send all of this request. What arrives differently is listed here.`;
    case "unsupported":
      return `${client} cannot send this request. There is no code, and the reason is listed here.`;
    default:
      return "This is no request yet. What is missing is listed here, with its place.";
  }
}

/** The fields that the client adds. */
export function listAdded(snippet: Snippet): string {
  if (snippet.code === null || snippet.adds.length === 0) return "";
  return `The client adds fields of its own: ${snippet.adds.join(", ")}.`;
}

/** Characters that no shell reads as anything else. */
const PLAIN = /^[\w./:@%+,=-]+$/;

/** The command that writes the same code; what a shell would have to quote is `…` in it. */
export function commandOf(target: string, chosen: Record<string, string>, options: Record<string, string>): string {
  const words = ["requote to", target];
  for (const [name, value] of Object.entries(chosen)) if (value !== "") words.push(`--${name} ${shown(value)}`);
  for (const [name, value] of Object.entries(options)) {
    words.push(value === "" ? `-O ${name}` : `-O ${name}=${shown(value)}`);
  }
  return [...words, "request.http"].join(" ");
}

const shown = (value: string) => (PLAIN.test(value) ? value : "…");

/** A sentence of a diagnostic as nodes: what is between backticks is code. */
export function markCode(sentence: string): Node[] {
  return sentence.split("`").map((part, index, parts) => {
    // A last backtick without its pair is one.
    if (index % 2 === 0 || index === parts.length - 1) {
      return document.createTextNode(index % 2 === 0 ? part : `\`${part}`);
    }
    const code = document.createElement("code");
    code.textContent = part;
    return code;
  });
}
