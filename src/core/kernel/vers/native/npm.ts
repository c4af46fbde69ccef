// npm's ranges (https://github.com/npm/node-semver#ranges) as the VERS suite writes them. Where npm resolves otherwise, the suite's
// word counts: `2.1` is 2.1.0 alone, `<=2.1` ends at 2.1.0, `>=1.x` ends before 2.0.0.
import type { Constraint } from '../parts.ts'
import { caretPlace, constraint, nextAfter, type Partial } from './partial.ts'

const OPERATORS = '>=|<=|>|<|=|~>|~|\\^'
const SET = new RegExp(`^(?:\\s*(?:${OPERATORS})?\\s*[0-9A-Za-z.*+-]+)+\\s*$`)
const ITEM = new RegExp(`(${OPERATORS})?\\s*([0-9A-Za-z.*+-]+)`, 'g')
const HYPHEN = /^\s*([0-9A-Za-z.+-]+)\s+-\s+([0-9A-Za-z.+-]+)\s*$/
const VERSION = /^[v=]?(\d+)(?:\.(\d+|[xX*]))?(?:\.(\d+|[xX*]))?(-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/
const ANY = /^\s*[xX*]?\s*$/

/** The constraints of an npm range, unsorted; null where it cannot be read. */
export function readNpmRange(text: string): Constraint[] | null {
  const out: Constraint[] = []
  for (const set of text.split('||')) {
    if (ANY.test(set)) return [constraint('*', '')]
    const hyphen = HYPHEN.exec(set)
    const items = hyphen
      ? [`>=${hyphen[1]}`, `<=${hyphen[2]}`]
      : SET.test(set)
        ? [...set.matchAll(ITEM)].map(([item]) => item)
        : [null]
    for (const item of items) {
      const read = item === null ? null : readItem(item)
      if (read === null) return null
      out.push(...read)
    }
  }
  return out
}

function readItem(item: string): Constraint[] | null {
  const [, operator = '=', written = ''] = new RegExp(`^(${OPERATORS})?\\s*(.*)$`).exec(item) ?? []
  const version = readVersion(written)
  if (version === null) return null
  const { numbers, pre } = version
  const full = [...numbers, '0', '0'].slice(0, 3)
  const from = constraint('>=', full.join('.') + pre)
  const before = (place: number): Constraint => constraint('<', [...nextAfter(numbers, place), '0', '0'].slice(0, 3).join('.'))
  if (operator === '^') return [from, before(caretPlace(numbers))]
  if (operator.startsWith('~')) return [from, before(Math.min(1, numbers.length - 1))]
  if (!version.isOpen) return [constraint(operator as '=', full.join('.') + pre)]
  const end = before(numbers.length - 1)
  if (operator === '<') return [constraint('<', full.join('.'))]
  if (operator === '<=') return [end]
  return operator === '>' ? [constraint('>=', end.version)] : [from, end]
}

function readVersion(text: string): (Partial & { readonly isOpen: boolean }) | null {
  const found = VERSION.exec(text)
  if (!found) return null
  const [, major, minor, patch, pre = ''] = found
  const parts = [major, minor, patch].filter((part) => part !== undefined)
  const open = parts.findIndex((part) => /[xX*]/.test(part))
  return { numbers: open < 0 ? parts : parts.slice(0, open), pre: open < 0 ? pre : '', isOpen: open >= 0 }
}
