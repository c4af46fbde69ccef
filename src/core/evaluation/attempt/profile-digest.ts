import type { HexHash } from './transcript-chain.ts'

const utf8 = new TextEncoder()

/** Digest of how a model was helped: SHA-256, hex, of the profile as JSON with sorted keys. Only what JSON can say is in a profile. */
export function profileDigest(profile: object, sha256: HexHash): string {
  return sha256(utf8.encode(JSON.stringify(sorted(profile))))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, one]) => [key, sorted(one)]))
}
