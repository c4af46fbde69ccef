/** The lines of a patch under a cursor. One character for each byte; a trailing carriage return stays. */
export interface LineReader {
  readonly lines: readonly string[]
  at: number
}

/** Splits bytes at line feeds; the piece behind the last one is dropped when empty. Linear in the bytes. */
export function readLines(bytes: Uint8Array): LineReader {
  const parts: string[] = []
  for (let i = 0; i < bytes.length; i += 8192) parts.push(String.fromCharCode(...bytes.subarray(i, i + 8192)))
  const lines = parts.join('').split('\n')
  if (lines.at(-1) === '') lines.pop()
  return { lines, at: 0 }
}

/** The line `ahead` lines further, without a trailing carriage return; empty behind the end. */
export function peek(reader: LineReader, ahead = 0): string {
  const line = reader.lines[reader.at + ahead] ?? ''
  return line.endsWith('\r') ? line.slice(0, -1) : line
}
