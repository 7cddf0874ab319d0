// The input: what the editor shows, and the bytes that it stands for.

export type LineEnd = "\n" | "\r\n";

/** Text with line ends of one kind, which can be edited; or bytes, which cannot. */
export type Source = { kind: "text"; text: string; lineEnd: LineEnd } | { kind: "bytes"; bytes: Uint8Array };

const encoder = new TextEncoder();

/** The bytes of an input. The text has LF in the editor, whatever its line ends are. */
export function bytesOf(source: Source): Uint8Array {
  if (source.kind === "bytes") return source.bytes;
  return encoder.encode(source.lineEnd === "\n" ? source.text : source.text.replaceAll("\n", "\r\n"));
}

/** The input of some bytes: text only where the editor gives back the same bytes. */
export function sourceOf(bytes: Uint8Array): Source {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { kind: "bytes", bytes };
  }
  const ends = text.match(/\r\n|\r|\n/g) ?? [];
  const lineEnd = ends[0] === "\r\n" ? "\r\n" : "\n";
  const isPlain = ends.every((end) => end === lineEnd) && !text.includes("\0");
  return isPlain ? { kind: "text", text: text.replaceAll("\r\n", "\n"), lineEnd } : { kind: "bytes", bytes };
}

/** What the editor shows. Of bytes, each is the character of its number. */
export function shownOf(source: Source): string {
  if (source.kind === "text") return source.text;
  const characters = Array.from(source.bytes, (byte) => String.fromCharCode(byte));
  return characters.join("").replace(/\r\n?/g, "\n");
}

/** The offsets in the editor of offsets in the bytes. */
export function toEditor(source: Source, offsets: number[]): number[] {
  const found = new Map<number, number>();
  const wanted = [...new Set(offsets)].sort((a, b) => a - b);
  let [at, byte] = [0, 0];
  const steps = stepsOf(source);
  for (const offset of wanted) {
    while (byte < offset) {
      const step = steps.next();
      if (step.done) break;
      byte += step.value.bytes;
      at += step.value.units;
    }
    found.set(offset, at);
  }
  return offsets.map((offset) => found.get(offset) ?? at);
}

/** The characters of the editor: how many bytes and UTF-16 units each has. */
function* stepsOf(source: Source): Generator<{ bytes: number; units: number }> {
  if (source.kind === "bytes") {
    for (let at = 0; at < source.bytes.length; at += 1) {
      const isPair = source.bytes[at] === 13 && source.bytes[at + 1] === 10;
      yield { bytes: isPair ? 2 : 1, units: 1 };
      if (isPair) at += 1;
    }
    return;
  }
  for (const character of source.text) {
    const code = character.codePointAt(0) ?? 0;
    const length = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    yield { bytes: character === "\n" ? source.lineEnd.length : length, units: character.length };
  }
}
