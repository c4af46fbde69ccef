import type { FlawNeed, FlawRow } from '../../../contract/shapes/flaw.ts'
import { NEEDS_ORDER } from './needs.ts'

export interface Group {
  readonly need: FlawNeed | null
  readonly rows: readonly FlawRow[]
}

/** Rows by whose move it is, each group in the order it came; without grouping one nameless group. */
export function grouped(rows: readonly FlawRow[], byNeed: boolean): Group[] {
  if (!byNeed) return [{ need: null, rows }]
  return NEEDS_ORDER.map((need) => ({ need, rows: rows.filter((row) => row.need === need) })).filter(
    (group) => group.rows.length > 0,
  )
}
