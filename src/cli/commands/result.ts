import type { Result } from '../server/control.ts'
import { whole } from '../text/figures.ts'
import { inert } from '../text/inert.ts'

/** What a request to the server gave, a line for each value. */
export function resultLines(result: Result): string[] {
  return Object.entries(result)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${inert(name, 20).padEnd(10)} ${typeof value === 'number' ? whole(value) : inert(String(value))}`)
}
