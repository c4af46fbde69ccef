// The algorithm behind SARIF's `primaryLocationLineHash` of GitHub code scanning: a rolling hash modulo 2^64 with base 37 over
// the 100 UTF-16 units that follow a line's start, blanks and tabs left out, CR and CRLF read as LF, 65535 at the end of the text.
const BASE = 37n
const WINDOW = 100
const MASK = (1n << 64n) - 1n
const END = 65_535

const POWERS: readonly bigint[] = powers()

function powers(): bigint[] {
  const out = [1n]
  for (let i = 1; i < WINDOW; i++) out.push((out[i - 1]! * BASE) & MASK)
  return out
}

/** Hash of the text from its first line on, 64 bits as hexadecimal without the running count that a whole file would give. */
export function lineHash(text: string): string {
  let sum = 0n
  let taken = 0
  for (let i = 0; taken < WINDOW; i++) {
    if (i > text.length || i > 4_096) break
    const unit = i === text.length ? END : text.charCodeAt(i)
    if (unit === 32 || unit === 9) continue
    // The LF that follows a CR was already counted with it.
    if (unit === 10 && i > 0 && text.charCodeAt(i - 1) === 13) continue
    sum = (sum + BigInt(unit === 13 ? 10 : unit) * POWERS[WINDOW - 1 - taken]!) & MASK
    taken++
  }
  return sum.toString(16)
}

/** The same for the snippet of a finding; null where the snippet says too little to tell one line from another. */
export function snippetHash(snippet: string | null): string | null {
  if (snippet === null) return null
  const line = snippet.slice(0, 4_096).trim()
  return line.replace(/[\s(){}[\];,]/g, '').length < 12 ? null : lineHash(line)
}
