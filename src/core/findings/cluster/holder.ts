import type { Id } from '../../kernel/id.ts'
import type { Instant } from '../../kernel/instant.ts'
import type { FingerprintKind, KeyedFingerprint } from '../fingerprint.ts'

/** A finding that waits for its flaw, with the id its flaw gets if it opens one. */
export interface Incoming {
  readonly finding: Id<'finding'>
  /** The sender's organisation. */
  readonly finder: Id<'organisation'>
  readonly receivedAt: Instant
  readonly keys: readonly KeyedFingerprint[]
  readonly freshFlaw: Id<'flaw'>
}

/** A finding in a flaw, as found under a digest. */
export interface Holder {
  readonly finding: Id<'finding'>
  readonly finder: Id<'organisation'>
  /** The open flaw it is in now (after merges). */
  readonly flaw: Id<'flaw'>
  readonly openedAt: Instant
}

/** What the store knows under the digests of a batch, by the digest as 32 hex digits. One holder of each flaw
 * and finder is enough. */
export type Known = ReadonlyMap<string, readonly Holder[]>

/** Flaws a person said are different, or split: keys made by `pairKey`. */
export type Apart = ReadonlySet<string>

/** One key for two flaws, whichever is named first. */
export function pairKey(a: Id<'flaw'>, b: Id<'flaw'>): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`
}

export interface Because {
  readonly kind: FingerprintKind | 'score'
  readonly version: number
  /** The finding that was already there. */
  readonly finding: Id<'finding'>
  readonly say: string
}

/** Older first; by id where both were opened in one millisecond, so that every machine says the same. */
export function byAge(a: Holder, b: Holder): number {
  return a.openedAt - b.openedAt || (a.flaw < b.flaw ? -1 : a.flaw > b.flaw ? 1 : 0)
}
