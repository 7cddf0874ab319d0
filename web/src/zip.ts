// A ZIP archive of a few files, stored as they are (APPNOTE.TXT 4.3).

export interface File {
  /** ASCII, without folders. */
  name: string;
  bytes: Uint8Array;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (value >>> 8) ^ TABLE[(value ^ byte) & 0xff];
  return ~value >>> 0;
}

/** Little-endian numbers, each with its size in bytes. */
function pack(...fields: [size: number, value: number][]): Uint8Array {
  const bytes = fields.flatMap(([size, value]) => Array.from({ length: size }, (_, at) => (value / 2 ** (8 * at)) & 0xff));
  return Uint8Array.from(bytes);
}

/** The date 1980-01-01, the first that the format has. */
const DATE = 0x21;

/** The archive. */
export function zip(files: File[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const { name, bytes } of files) {
    const encoded = new TextEncoder().encode(name);
    const common: [number, number][] = [
      [2, 20], [2, 0], [2, 0], [2, 0], [2, DATE],
      [4, crc32(bytes)], [4, bytes.length], [4, bytes.length], [2, encoded.length], [2, 0],
    ];
    const local = pack([4, 0x04034b50], ...common);
    directory.push(pack([4, 0x02014b50], [2, 20], ...common, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]), encoded);
    parts.push(local, encoded, bytes);
    offset += local.length + encoded.length + bytes.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const count = files.length;
  const end = pack([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, size], [4, offset], [2, 0]);
  return concat([...parts, ...directory, end]);
}

function concat(parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
