// npm's ranges (https://github.com/npm/node-semver#ranges) as the VERS suite writes them. Where npm resolves otherwise, the suite's
// word counts: `2.1` is 2.1.0 alone, `<=2.1` ends at 2.1.0, `>=1.x` ends before 2.0.0.
import type { Comparator, Constraint } from '../parts.ts'
import { caretPlace, constraint, nextAfter, type Partial } from './partial.ts'

const OPERATORS = '>=|<=|>|<|=|~>|~|\\^'
const ITEM = new RegExp(`(${OPERATORS})?\\s*([0-9A-Za-z.*+-]+)`, 'g')
const ONE = new RegExp(`^(${OPERATORS})?\\s*(.*)$`)
const HYPHEN = /^\s*([0-9A-Za-z.+-]+)\s+-\s+([0-9A-Za-z.+-]+)\s*$/
const VERSION = /^[v=]?(\d+)(?:\.(\d+|[xX*]))?(?:\.(\d+|[xX*]))?(-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/
const ANY = /^\s*[xX*]?\s*$/

/** The constraints of an npm range, unsorted; null where it cannot be read. */
export function readNpmRange(text: string): Constraint[] | null {
  const out: Constraint[] = []
  for (const set of text.split('||')) {
    if (ANY.test(set)) return [constraint('*', '')]
    const hyphen = HYPHEN.exec(set)
    if (!hyphen && set.replace(ITEM, '').trim() !== '') return null
    const items = hyphen ? [readHyphen(hyphen[1]!, hyphen[2]!)] : [...set.matchAll(ITEM)].map(([item]) => readItem(item))
    for (const item of items) {
      if (item === null) return null
      out.push(...item)
    }
  }
  return out
}

function readHyphen(from: string, to: string): Constraint[] | null {
  const [first, last] = [readVersion(from), readVersion(to)]
  if (!first || !last) return null
  const isWhole = last.numbers.length === 3
  return [
    constraint('>=', full(first)),
    isWhole
      ? constraint('<=', full(last))
      : constraint('<', full({ numbers: nextAfter(last.numbers, last.numbers.length - 1), pre: '' })),
  ]
}

/** With zeros for what was left out. */
function full({ numbers, pre }: Partial): string {
  return [...numbers, '0', '0'].slice(0, 3).join('.') + pre
}

function readItem(item: string): Constraint[] | null {
  const [, operator = '=', written = ''] = ONE.exec(item) ?? []
  const version = readVersion(written)
  if (version === null) return null
  const { numbers } = version
  const from = constraint('>=', full(version))
  const before = (place: number): Constraint => constraint('<', full({ numbers: nextAfter(numbers, place), pre: '' }))
  if (operator === '^') return [from, before(caretPlace(numbers))]
  if (operator.startsWith('~')) return [from, before(Math.min(1, numbers.length - 1))]
  if (!version.isOpen) return [constraint(operator as Comparator, full(version))]
  const end = before(numbers.length - 1)
  if (operator === '<') return [constraint('<', full(version))]
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
