import { toHex } from '../kernel/digest.ts'
import type { Id } from '../kernel/id.ts'
import { type Apart, type Because, byAge, type Holder, type Incoming, type Known, pairKey } from './cluster/holder.ts'
import { type Held, KeyIndex } from './cluster/key-index.ts'
import { sayKind } from './cluster/say-kind.ts'
import type { FingerprintKind, KeyedFingerprint } from './fingerprint.ts'

/** Names these rules in every decision. */
export const CLUSTERING = 'cluster/1'

/** Where a finding goes: into a flaw that was there (`because` says why), or into one it opens (`because` is null). */
export interface Placement {
  readonly finding: Id<'finding'>
  readonly flaw: Id<'flaw'>
  readonly because: Because | null
}

/** Two flaws that one finding matches surely: a person decides whether they are one. Existing flaws are never merged unasked. */
export interface Bridge {
  readonly older: Id<'flaw'>
  readonly younger: Id<'flaw'>
  readonly finding: Id<'finding'>
  readonly kinds: readonly FingerprintKind[]
}

/** Two findings of different flaws that share a candidate key: to be scored by their features. */
export interface Pair {
  readonly finding: Id<'finding'>
  readonly flaw: Id<'flaw'>
  readonly other: Id<'finding'>
  readonly otherFlaw: Id<'flaw'>
  readonly otherOpenedAt: Holder['openedAt']
  readonly kinds: readonly FingerprintKind[]
}

export interface Clustering {
  /** In the order of the batch. */
  readonly placements: readonly Placement[]
  readonly bridges: readonly Bridge[]
  readonly pairs: readonly Pair[]
}

/** Pairs scored for one finding, the ones with most keys in common first. */
export const MOST_PAIRS = 12

/**
 * Places a batch of findings: equal sure keys join, anything else opens a flaw; candidate keys give pairs to score. The answer
 * does not depend on the order of the batch (the earliest received goes first); the work is linear in the batch.
 */
export function cluster(batch: readonly Incoming[], known: Known, apart: Apart): Clustering {
  const index = new KeyIndex(known)
  const placed = new Map<string, Placement>()
  const bridges = new Map<string, Bridge>()
  const pairs: Pair[] = []
  const inTime = [...batch].sort((a, b) => a.receivedAt - b.receivedAt || (a.finding < b.finding ? -1 : 1))
  for (const incoming of inTime) {
    if (placed.has(incoming.finding)) continue
    const keys = incoming.keys.map((key) => ({ ...key, hex: toHex(key.digest) }))
    const hits = sureHits(incoming.finder, keys, index, apart)
    const home = hits[0]
    const flaw = home?.holder.flaw ?? incoming.freshFlaw
    const openedAt = home?.holder.openedAt ?? incoming.receivedAt
    placed.set(incoming.finding, { finding: incoming.finding, flaw, because: home === undefined ? null : because(home) })
    for (const hit of hits.slice(1)) bridge(bridges, home!.holder, hit, incoming.finding)
    pairs.push(...candidatePairs(incoming.finding, flaw, keys, index, apart, hits))
    for (const { hex } of keys) index.add(hex, { finding: incoming.finding, finder: incoming.finder, flaw, openedAt })
  }
  return { placements: batch.map(({ finding }) => placed.get(finding)!), bridges: [...bridges.values()], pairs }
}

type HexKey = KeyedFingerprint & { readonly hex: string }

interface Hit {
  readonly holder: Holder
  readonly keys: readonly HexKey[]
}

/** The flaws hit by sure keys, the oldest first. */
function sureHits(finder: Id<'organisation'>, keys: readonly HexKey[], index: KeyIndex, apart: Apart): Hit[] {
  const hits = new Map<string, { holder: Holder; keys: HexKey[] }>()
  for (const key of keys) {
    if (key.strength !== 'sure') continue
    const holders = index.under(key.hex)
    // A person split or kept apart flaws that share this key: it cannot tell them apart, so it decides nothing.
    if (holdsApart(holders, apart) || isAmbiguous(key.kind, holders, finder)) continue
    for (const holder of holders) {
      const hit = hits.get(holder.flaw)
      if (hit === undefined) hits.set(holder.flaw, { holder, keys: [key] })
      else hit.keys.push(key)
    }
  }
  const found = [...hits.values()].sort((a, b) => byAge(a.holder, b.holder))
  const oldest = found[0]
  return found.filter((hit) => hit === oldest || !apart.has(pairKey(hit.holder.flaw, oldest!.holder.flaw)))
}

// Bulletins describe several flaws in one sentence. A sender who says the same of two items means two flaws, and then nobody can
// tell which of them a third party means.
function isAmbiguous(kind: FingerprintKind, holders: readonly Held[], finder: Id<'organisation'>): boolean {
  return kind === 'prose' && (holders.length > 1 || holders.some(({ finders }) => finders.has(finder)))
}

function holdsApart(holders: readonly Holder[], apart: Apart): boolean {
  if (apart.size === 0 || holders.length < 2) return false
  return holders.some((a, i) => holders.slice(i + 1).some((b) => apart.has(pairKey(a.flaw, b.flaw))))
}

function because({ holder, keys }: Hit): Because {
  const [first] = keys
  return {
    kind: first!.kind,
    version: first!.version,
    finding: holder.finding,
    say: keys.map(({ kind }) => sayKind(kind)).join('; '),
  }
}

function bridge(bridges: Map<string, Bridge>, older: Holder, hit: Hit, finding: Id<'finding'>): void {
  const key = pairKey(older.flaw, hit.holder.flaw)
  if (bridges.has(key)) return
  bridges.set(key, { older: older.flaw, younger: hit.holder.flaw, finding, kinds: hit.keys.map(({ kind }) => kind) })
}

function candidatePairs(
  finding: Id<'finding'>,
  flaw: Id<'flaw'>,
  keys: readonly HexKey[],
  index: KeyIndex,
  apart: Apart,
  hits: readonly Hit[],
): Pair[] {
  const bridged = new Set(hits.map(({ holder }) => holder.flaw))
  const found = new Map<string, { holder: Holder; kinds: FingerprintKind[] }>()
  for (const { hex, kind } of keys) {
    if (index.isCommon(hex)) continue
    for (const holder of index.under(hex)) {
      if (holder.flaw === flaw || bridged.has(holder.flaw) || apart.has(pairKey(flaw, holder.flaw))) continue
      const pair = found.get(holder.flaw)
      if (pair === undefined) found.set(holder.flaw, { holder, kinds: [kind] })
      else pair.kinds.push(kind)
    }
  }
  return [...found.values()]
    .sort((a, b) => b.kinds.length - a.kinds.length || byAge(a.holder, b.holder))
    .slice(0, MOST_PAIRS)
    .map(({ holder, kinds }) => ({
      finding,
      flaw,
      other: holder.finding,
      otherFlaw: holder.flaw,
      otherOpenedAt: holder.openedAt,
      kinds,
    }))
}
