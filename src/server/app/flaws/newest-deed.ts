import type { Id } from '../../../core/kernel/id.ts'
import type { Deeds } from './load-flaws.ts'

/** A deed of a person that stands and can be taken back, with the other flaw it concerns. */
export interface Deed {
  readonly kind: 'merge' | 'split' | 'apart'
  readonly other: Id<'flaw'>
  readonly at: number
}

/** The newest merge, split or "keep apart" that stands. A split keeps its two flaws apart by itself: that is no deed of its own. */
export function newestDeed(flaw: Pick<Deeds, 'merges' | 'splits' | 'apart' | 'splitFrom'>): Deed | null {
  const splits = new Set<string>(flaw.splits.map(({ to }) => to))
  const standing: Deed[] = [
    ...flaw.merges.map(({ from, at }) => ({ kind: 'merge' as const, other: from, at })),
    ...flaw.splits.map(({ to, at }) => ({ kind: 'split' as const, other: to, at })),
    ...flaw.apart
      .filter(({ other }) => !splits.has(other) && other !== flaw.splitFrom)
      .map(({ other, at }) => ({ kind: 'apart' as const, other, at })),
  ]
  return standing.reduce<Deed | null>((newest, deed) => (newest === null || deed.at >= newest.at ? deed : newest), null)
}
