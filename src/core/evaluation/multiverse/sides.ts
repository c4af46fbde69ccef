import type { Cell } from './cells.ts'

export type CellSide = 'above' | 'below' | 'none'

/** On which side of so many minutes the cell's own number lies. */
export function sideOf(cell: Cell, at: 0.5 | 0.8, minutes: number): CellSide {
  const horizon = at === 0.5 ? cell.p50 : cell.p80
  if (horizon !== null) return horizon > minutes ? 'above' : 'below'
  return cell.off === 'high' ? 'above' : cell.off === 'low' ? 'below' : 'none'
}

/** How the cells lie, as counts; `none` gives no number. */
export interface SideCounts {
  readonly above: number
  readonly below: number
  readonly none: number
  /** Indices of the cells that do not lie where `expected` says. */
  readonly flips: readonly number[]
}

export function countSides(cells: readonly Cell[], at: 0.5 | 0.8, minutes: number, expected: 'above' | 'below'): SideCounts {
  const count = { above: 0, below: 0, none: 0 }
  const flips: number[] = []
  cells.forEach((cell, index) => {
    const side = sideOf(cell, at, minutes)
    count[side]++
    if (side !== expected) flips.push(index)
  })
  return { ...count, flips }
}

/** The smallest and the largest number of all cells; null where none gives one. */
export function spreadOf(cells: readonly Cell[]): { readonly low: number; readonly high: number } | null {
  const numbers = cells.flatMap(({ p50 }) => (p50 === null ? [] : [p50]))
  if (numbers.length === 0) return null
  return numbers.reduce((ends, p50) => ({ low: Math.min(ends.low, p50), high: Math.max(ends.high, p50) }), {
    low: Number.MAX_VALUE,
    high: 0,
  })
}
