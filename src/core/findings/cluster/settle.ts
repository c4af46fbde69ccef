import type { Id } from '../../kernel/id.ts'
import { CLUSTERING, type Clustering, type Pair, type Placement } from '../cluster.ts'
import type { Reason } from '../pair/reason.ts'
import { BRIDGED, SCORING, WEIGHTS } from '../pair/weights.ts'
import { type PairScore, verdictOf } from '../score.ts'
import { type Apart, pairKey } from './holder.ts'
import { sayKind } from './say-kind.ts'

export interface ScoredPair extends Pair, PairScore {}

/** Two flaws that may be one, with the pair of findings that says so, for a person or a validator to decide. */
export interface Asked {
  readonly flaw: Id<'flaw'>
  readonly finding: Id<'finding'>
  readonly other: Id<'flaw'>
  readonly otherFinding: Id<'finding'>
  readonly score: number
  readonly reasons: readonly Reason[]
  /** `pair-score/1`, or `cluster/1` for a bridge of sure keys. */
  readonly algorithm: string
}

export interface Settled {
  readonly placements: readonly Placement[]
  readonly asked: readonly Asked[]
}

/**
 * The last word on a batch: a flaw that the batch itself opened gives way to an older one at a sure score; every other likely
 * pair is asked about, each pair of flaws once. Flaws that existed before the batch are never merged here. What surely matches two
 * flaws that a person keeps apart joins neither: both are asked about.
 */
export function settle(clustering: Clustering, scored: readonly ScoredPair[], apart: Apart = new Set()): Settled {
  const opened = new Set(clustering.placements.filter(({ because }) => because === null).map(({ flaw }) => flaw))
  const moved = new Map<Id<'flaw'>, ScoredPair>()
  const likely = [...scored].filter(({ score }) => verdictOf(score) !== 'apart').sort(inOrder)
  const torn = tornFlaws(likely, apart)
  for (const pair of likely) {
    if (verdictOf(pair.score) !== 'merge' || !opened.has(pair.flaw) || moved.has(pair.flaw)) continue
    if (torn.get(pair.flaw)?.has(pair.otherFlaw)) continue
    if (finalOf(pair.otherFlaw, moved) !== pair.flaw) moved.set(pair.flaw, pair)
  }
  return {
    placements: clustering.placements.map((one) => replaced(one, moved)),
    asked: [...bridged(clustering, moved), ...asked(likely, moved)].filter(once(apart)),
  }
}

function inOrder(a: ScoredPair, b: ScoredPair): number {
  return b.score - a.score || a.otherOpenedAt - b.otherOpenedAt || (a.finding + a.other < b.finding + b.other ? -1 : 1)
}

function finalOf(flaw: Id<'flaw'>, moved: ReadonlyMap<Id<'flaw'>, ScoredPair>): Id<'flaw'> {
  let at = flaw
  for (let pair = moved.get(at); pair !== undefined; pair = moved.get(at)) at = pair.otherFlaw
  return at
}

function replaced(placement: Placement, moved: ReadonlyMap<Id<'flaw'>, ScoredPair>): Placement {
  const pair = moved.get(placement.flaw)
  if (pair === undefined) return placement
  const because = placement.because ?? {
    kind: 'score' as const,
    version: Number(SCORING.split('/')[1]),
    finding: pair.other,
    say: pair.reasons
      .slice(0, 4)
      .map(({ say }) => say)
      .join('; '),
  }
  return { ...placement, flaw: finalOf(placement.flaw, moved), because }
}

function asked(likely: readonly ScoredPair[], moved: ReadonlyMap<Id<'flaw'>, ScoredPair>): Asked[] {
  return likely.map((pair) => ({
    flaw: finalOf(pair.otherFlaw, moved),
    finding: pair.other,
    other: finalOf(pair.flaw, moved),
    otherFinding: pair.finding,
    score: pair.score,
    reasons: pair.reasons,
    algorithm: SCORING,
  }))
}

function bridged(clustering: Clustering, moved: ReadonlyMap<Id<'flaw'>, ScoredPair>): Asked[] {
  return clustering.bridges.map(({ older, younger, finding, kinds }) => ({
    flaw: finalOf(older, moved),
    finding,
    other: finalOf(younger, moved),
    otherFinding: finding,
    score: BRIDGED,
    reasons: kinds.map((kind) => ({ seen: 'key-same' as const, weight: WEIGHTS['key-same'], say: sayKind(kind) })),
    algorithm: CLUSTERING,
  }))
}

/** For each flaw that surely matches flaws kept apart from each other: those flaws. */
function tornFlaws(likely: readonly ScoredPair[], apart: Apart): Map<Id<'flaw'>, Set<Id<'flaw'>>> {
  const torn = new Map<Id<'flaw'>, Set<Id<'flaw'>>>()
  if (apart.size === 0) return torn
  const sure = new Map<Id<'flaw'>, Set<Id<'flaw'>>>()
  for (const { flaw, otherFlaw, score } of likely) {
    if (verdictOf(score) !== 'merge') continue
    const others = sure.get(flaw) ?? new Set()
    for (const other of others) {
      if (apart.has(pairKey(other, otherFlaw))) torn.set(flaw, (torn.get(flaw) ?? new Set()).add(other).add(otherFlaw))
    }
    sure.set(flaw, others.add(otherFlaw))
  }
  return torn
}

function once(apart: Apart): (one: Asked) => boolean {
  const seen = new Set<string>()
  return ({ flaw, other }) => {
    const key = pairKey(flaw, other)
    if (flaw === other || seen.has(key) || apart.has(key)) return false
    seen.add(key)
    return true
  }
}
