import { type Sha256, toHex } from '../kernel/digest.ts'

// The chain of a custodian's log: each entry holds the digest of the one before, the first that of its docket's name, so that
// entries can neither be changed, left out, put in another order, nor moved to another docket.

/** One entry, as far as the chain needs to know it: flat, of texts, whole numbers and nulls. */
export interface Chained {
  readonly entry: number
  readonly hash: string
}

type Plain = string | number | null
const encoder = new TextEncoder()

/** What stands before a docket's first entry: SHA-256 of the docket's id, hex. */
export function firstHash(docket: string, sha256: Sha256): string {
  return toHex(sha256(encoder.encode(docket)))
}

/** The hash of an entry whose fields are given, whether `hash` is among them or not: hex. */
export function entryHash(before: string, fields: object, sha256: Sha256): string {
  return toHex(sha256(encoder.encode(before + canonical(fields))))
}

/** Whether `entry` is the very next after `last`, which is null before the first. */
export function follows(last: Chained | null, entry: Chained, docket: string, sha256: Sha256): boolean {
  const before = last === null ? firstHash(docket, sha256) : last.hash
  return entry.entry === (last?.entry ?? 0) + 1 && entry.hash === entryHash(before, entry, sha256)
}

/** The number of the first entry that breaks the chain, or null where all of them hold; entries from the beginning on. */
export function firstBreak(entries: readonly Chained[], docket: string, sha256: Sha256): number | null {
  let last: Chained | null = null
  for (const [n, entry] of entries.entries()) {
    if (!follows(last, entry, docket, sha256)) return n + 1
    last = entry
  }
  return null
}

/** Canonical JSON (RFC 8785) of a flat object of texts, whole numbers and nulls, without its `hash`. */
function canonical(fields: object): string {
  const known = Object.entries(fields as Record<string, Plain>).filter(
    ([name, value]) => name !== 'hash' && value !== undefined,
  )
  const sorted = known.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${sorted.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`
}
