// The code as a file; with the files that it reads, an archive.

import type { Snippet } from "requote";
import { zip } from "./zip";

function save(name: string, bytes: Uint8Array): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes as BlobPart]));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** Saves a snippet that has code. */
export function saveSnippet(snippet: Snippet): void {
  const name = `request.${snippet.extension ?? "txt"}`;
  const code = { name, bytes: new TextEncoder().encode(snippet.code ?? "") };
  if (snippet.attachments.length === 0) {
    save(code.name, code.bytes);
    return;
  }
  const attached = snippet.attachments.map(({ name, base64 }) => ({
    name,
    bytes: Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)),
  }));
  save("request.zip", zip([code, ...attached]));
}
