import { isRun } from '../table/worth.ts'
import type { NumberedRow } from './input.ts'
import { type Ranges, rangesOf } from './rows.ts'

/** Names the rows of the measured model: all, by family, by task, by what is special about them. */
export function rowSets(rows: readonly NumberedRow[], model: string): Readonly<Record<string, Ranges>> {
  const sets = new Map<string, number[]>()
  const put = (name: string, n: number) => {
    const set = sets.get(name)
    if (set) set.push(n)
    else sets.set(name, [n])
  }
  for (const row of rows) {
    if (row.model !== model) {
      put('references', row.n)
      continue
    }
    put('all', row.n)
    put(`family:${row.family}`, row.n)
    put(`task:${row.task}`, row.n)
    if (!isRun(row)) put('missing', row.n)
    if (row.cheating === 'confirmed') put('confirmed', row.n)
  }
  return Object.fromEntries([...sets].map(([name, numbers]) => [name, rangesOf(numbers)]))
}
