// Conan's version ranges (https://docs.conan.io/2/tutorial/versioning/version_ranges.html). A hyphen at an end lets what comes before
// the release in, and VERS orders that anyhow: upper ends carry it, lower ones do not.
import type { Comparator, Constraint } from '../parts.ts'
import { caretPlace, constraint, nextAfter } from './partial.ts'

const ITEM = /^(>=|<=|>|<|=|~|\^)?([0-9A-Za-z_][0-9A-Za-z_.+-]*|\*-?)$/
const FIRST = '0.0.0'

/** The constraints of a Conan range, unsorted; null where it cannot be read. */
export function readConanRange(text: string): Constraint[] | null {
  const [ranges = ''] = text.split(',', 1)
  const out: Constraint[] = []
  for (const set of ranges.split('||')) {
    const items = set.trim().split(/\s+/)
    for (const item of items) {
      const read = readItem(item)
      if (read === null) return null
      out.push(...read)
    }
  }
  return out
}

function readItem(item: string): Constraint[] | null {
  const found = ITEM.exec(item)
  if (!found) return null
  const [, operator = '=', written = ''] = found
  if (written.startsWith('*')) return [constraint('>=', FIRST)]
  const version = written.replace(/-$/, '')
  if (operator !== '~' && operator !== '^') return [constraint(operator as Comparator, version)]
  const numbers = (/^\d+(?:\.\d+)*/.exec(version)?.[0] ?? '').split('.')
  if (numbers[0] === '') return null
  const place = operator === '^' ? caretPlace(numbers) : Math.min(1, numbers.length - 1)
  return [constraint('>=', version), constraint('<', `${nextAfter(numbers, place).join('.')}-`)]
}
