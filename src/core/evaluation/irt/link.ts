import type { ItemScale } from './fit-items.ts'

/** How one scale's numbers become another's: add `shift` to abilities and difficulties of `from`. */
export interface Link {
  readonly shift: number
  /** Of the shift, from the anchors' own errors. */
  readonly se: number
  readonly anchors: readonly string[]
  /** Anchors whose difficulty moved against the others by more than 2 standard errors, in the order they were dropped. */
  readonly dropped: readonly { readonly item: string; readonly moved: number; readonly se: number }[]
}

const LEAST_ANCHORS = 3

/** Links two scales by the items they share, dropping drifting anchors one at a time; null with fewer than three that stay. */
export function linkScales(from: ItemScale, to: ItemScale): Link | null {
  const there = new Map(to.items.map((item, index) => [item, index]))
  let anchors = from.items.flatMap((item, index) => {
    const other = there.get(item)
    if (other === undefined) return []
    const moved = (to.difficulty[other] ?? 0) - (from.difficulty[index] ?? 0)
    return [{ item, moved, variance: (to.se[other] ?? 1) ** 2 + (from.se[index] ?? 1) ** 2 }]
  })
  const dropped: { item: string; moved: number; se: number }[] = []
  while (anchors.length >= LEAST_ANCHORS) {
    const weight = anchors.reduce((sum, { variance }) => sum + 1 / variance, 0)
    const shift = anchors.reduce((sum, { moved, variance }) => sum + moved / variance, 0) / weight
    const worst = anchors.reduce((most, one) => (drift(one, shift) > drift(most, shift) ? one : most))
    if (drift(worst, shift) <= 2) return { shift, se: Math.sqrt(1 / weight), anchors: anchors.map(({ item }) => item), dropped }
    dropped.push({ item: worst.item, moved: worst.moved - shift, se: Math.sqrt(worst.variance) })
    anchors = anchors.filter((one) => one !== worst)
  }
  return null
}

function drift({ moved, variance }: { readonly moved: number; readonly variance: number }, shift: number): number {
  return Math.abs(moved - shift) / Math.sqrt(variance)
}
