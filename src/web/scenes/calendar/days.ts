import type { CalendarOut } from '../../../contract/shapes/case.ts'
import { day } from '../../parts/time/format.ts'

type Row = CalendarOut['rows'][number]
const DAY = 86_400_000

/** Rows under their day in UTC, the nearest first; what is late stands above, today and tomorrow are named so. */
export function daysOf(rows: readonly Row[], now: number): { readonly name: string; readonly rows: readonly Row[] }[] {
  const valid = rows.filter(({ at }) => !Number.isNaN(Date.parse(at)))
  const sorted = [...valid].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
  const groups = new Map<string, Row[]>()
  for (const row of sorted) {
    const at = Date.parse(row.at)
    const name = at <= now ? 'Late' : named(at, now)
    const group = groups.get(name)
    if (group) group.push(row)
    else groups.set(name, [row])
  }
  return [...groups].map(([name, of]) => ({ name, rows: of }))
}

function named(at: number, now: number): string {
  const apart = Math.floor(at / DAY) - Math.floor(now / DAY)
  return apart === 0 ? `Today, ${day(at)}` : apart === 1 ? `Tomorrow, ${day(at)}` : day(at)
}
