import type { Refused } from '../../kernel/decision.ts'
import { type Sha256, toHex } from '../../kernel/digest.ts'
import { formatInstant, type Instant } from '../../kernel/instant.ts'
import { type RelayRefusal, refuseRelay } from './relay-refusal.ts'

export const HOP_ROLES = ['finder', 'reporter', 'coordinator', 'vendor'] as const

/** One organisation through whose hands the report went; `name` is null where it wishes not to be named. */
export interface Hop {
  readonly role: (typeof HOP_ROLES)[number]
  readonly name: string | null
  readonly at: Instant
  /** The identifier under which it handles the report. */
  readonly handle: string | null
}

/** Embargo terms as they were agreed. They travel with their digest, and no hop may change them. */
export interface RelayedTerms {
  readonly text: string
  readonly end: Instant | null
  /** IANA zone in which the end was agreed. */
  readonly zone: string
  /** SHA-256 of text, end and zone, as `termsDigest` computes it. */
  readonly digest: string
}

/** The provenance block of a relayed report (Apache RFC-AI-0008, draft): credits, chain, origins, terms, and a hint. */
export interface Provenance {
  /** Finders exactly as they wish to be named. */
  readonly credits: readonly string[]
  readonly chain: readonly Hop[]
  readonly origins: readonly string[]
  readonly embargo: RelayedTerms | null
  /** What an earlier hop said this repeats. A hint: nobody downstream decides by it. */
  readonly duplicateHint: string | null
}

export const PROVENANCE_MOST = { credits: 100, chain: 50, origins: 50, text: 10_000, name: 300 } as const

const LINE_BREAK = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/

/** SHA-256 in hexadecimal digits over the terms' text, end and zone, each with its length before it. */
export function termsDigest(terms: Omit<RelayedTerms, 'digest'>, sha256: Sha256): string {
  const parts = [terms.text, terms.end === null ? '' : formatInstant(terms.end), terms.zone]
  return toHex(sha256(new TextEncoder().encode(parts.map((part) => `${part.length}:${part}`).join('\n'))))
}

/** What is wrong with a provenance before it is relayed, or null. Terms that differ from their digest are `embargo.changed`. */
export function checkProvenance(provenance: Provenance, sha256: Sha256): Refused<RelayRefusal> | null {
  const { credits, chain, origins, embargo, duplicateHint } = provenance
  const lines = [...credits, ...origins, duplicateHint, ...chain.flatMap(({ name, handle }) => [name, handle])]
  if (credits.length > PROVENANCE_MOST.credits || origins.length > PROVENANCE_MOST.origins) return malformed('length')
  if (chain.length === 0 || chain.length > PROVENANCE_MOST.chain) return malformed('chain')
  if (lines.some((line) => line !== null && !isLine(line))) return malformed('text')
  if (chain.some(({ at }, n) => n > 0 && at < chain[n - 1]!.at)) return malformed('order')
  if (embargo === null) return null
  if (embargo.text.length > PROVENANCE_MOST.text) return malformed('embargo')
  return termsDigest(embargo, sha256) === embargo.digest ? null : refuseRelay('embargo.changed')
}

/** The provenance with one more hop at its end; refuses a hop that is no line of text or is older than the last. */
export function appendHop(
  provenance: Provenance,
  hop: Hop,
): { readonly ok: true; readonly provenance: Provenance } | Refused<RelayRefusal> {
  const last = provenance.chain.at(-1)
  if (provenance.chain.length >= PROVENANCE_MOST.chain) return malformed('chain')
  if ([hop.name, hop.handle].some((line) => line !== null && !isLine(line))) return malformed('text')
  if (last !== undefined && hop.at < last.at) return malformed('order')
  return { ok: true, provenance: { ...provenance, chain: [...provenance.chain, hop] } }
}

/** Whether `after` says all that `before` said, and only adds: credits, hops and origins at their ends, the same terms. */
export function isContinuation(before: Provenance, after: Provenance): boolean {
  const begins = (short: readonly unknown[], long: readonly unknown[]) =>
    short.length <= long.length && short.every((item, n) => JSON.stringify(item) === JSON.stringify(long[n]))
  const hop = ({ role, name, at, handle }: Hop) => [role, name, at, handle]
  return (
    begins(before.credits, after.credits) &&
    begins(before.chain.map(hop), after.chain.map(hop)) &&
    begins(before.origins, after.origins) &&
    (before.embargo === null || before.embargo.digest === after.embargo?.digest)
  )
}

/** The block as plain text, for the end of a report. */
export function provenanceBlock({ credits, chain, origins, embargo, duplicateHint }: Provenance): string {
  const end = embargo?.end === null || embargo === null ? 'open' : `${formatInstant(embargo.end)} (agreed in ${embargo.zone})`
  return [
    'Provenance',
    ...(credits.length === 0 ? ['Credit: nobody wishes to be named.'] : credits.map((name) => `Credit: ${name}`)),
    ...chain.map(({ role, name, at, handle }, n) => {
      const who = name ?? 'not named'
      return `Hop ${n + 1}: ${role}, ${who}, ${formatInstant(at)}${handle === null ? '' : `, handled as ${handle}`}`
    }),
    ...origins.map((url) => `Origin: ${url}`),
    ...(duplicateHint === null ? [] : [`Hint only, not a decision: an earlier hop says that this repeats ${duplicateHint}.`]),
    ...(embargo === null
      ? ['Embargo: none.']
      : [`Embargo until: ${end}`, `Embargo terms (sha256 ${embargo.digest}), relayed unchanged:`, embargo.text]),
  ].join('\n')
}

function isLine(text: string): boolean {
  return text !== '' && text.length <= PROVENANCE_MOST.name && !LINE_BREAK.test(text)
}

function malformed(what: string): Refused<RelayRefusal> {
  return refuseRelay('provenance.malformed', what)
}
