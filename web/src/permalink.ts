// A link that holds the request in its fragment, which a browser sends to nobody.

export interface Link {
  bytes: Uint8Array;
  /** What was chosen beside the request. */
  choices: Record<string, string>;
}

async function pipe(bytes: Uint8Array, through: CompressionStream | DecompressionStream): Promise<Uint8Array> {
  const stream = new Blob([bytes as BlobPart]).stream().pipeThrough(through as ReadableWritablePair);
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The fragment of a link, without `#`. */
export async function writeFragment({ bytes, choices }: Link): Promise<string> {
  const packed = await pipe(bytes, new CompressionStream("deflate-raw"));
  const base64 = btoa(Array.from(packed, (byte) => String.fromCharCode(byte)).join(""));
  const message = base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const given = Object.entries(choices).filter(([, value]) => value !== "");
  return new URLSearchParams([...given, ["m", message]]).toString();
}

/** What a fragment holds; nothing where it is no fragment of such a link. */
export async function readFragment(fragment: string): Promise<Link | undefined> {
  const { m: message, ...choices } = Object.fromEntries(new URLSearchParams(fragment));
  if (message === undefined) return undefined;
  try {
    const binary = atob(message.replaceAll("-", "+").replaceAll("_", "/"));
    const packed = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    return { bytes: await pipe(packed, new DecompressionStream("deflate-raw")), choices };
  } catch {
    return undefined;
  }
}
