/** SHA-256 of bytes, in hex. */
export type HexHash = (bytes: Uint8Array) => string

interface Line {
  readonly n: number
  readonly at: number
  readonly event: object
}

/** What stands before the first line. */
export const CHAIN_START = '0'.repeat(64)

const utf8 = new TextEncoder()
/** Every key that a line or an event has, sorted: with it JSON.stringify writes canonical JSON (RFC 8785) of whole numbers and texts. */
const KEYS = ['at', 'cut', 'event', 'input', 'kind', 'n', 'output', 'text', 'tool']

/** Hash of one transcript line: over the previous hash in hex and the line's canonical JSON without its own, in UTF-8. */
export function lineHash(previous: string, { n, at, event }: Line, sha256: HexHash): string {
  return sha256(utf8.encode(previous + JSON.stringify({ n, at, event }, KEYS)))
}

/** The number of the first line whose hash, number or predecessor is not as it should be; null where the chain holds. */
export function brokenAt(lines: readonly (Line & { readonly hash: string })[], sha256: HexHash): number | null {
  let previous = CHAIN_START
  for (const [index, line] of lines.entries()) {
    if (line.n !== index || line.hash !== lineHash(previous, line, sha256)) return index
    previous = line.hash
  }
  return null
}
