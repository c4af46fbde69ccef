// Packagist: PHP's version_compare (https://www.php.net/manual/function.version-compare.php) over what Composer makes of a version
// first (composer/semver, VersionParser::normalize): v dropped, four numbers, words written out, build text dropped.
import type { Order, VersionOrder } from '../version-order.ts'
import { keyedOrder } from './keyed-order.ts'
import { byValue, isDigitAt, readWhole, type Whole } from './whole.ts'

interface Part {
  readonly rank: number
  readonly value: Whole
}

const MODIFIER = '[._-]?(?:(stable|beta|b|rc|alpha|a|patch|pl|p)((?:[.-]?\\d+(?!\\d))*))?([.-]?dev)?$'
const CLASSIC = new RegExp(`^(\\d{1,5})(?:\\.(\\d+))?(?:\\.(\\d+))?(?:\\.(\\d+))?${MODIFIER}`)
const DATE = new RegExp(`^(\\d{4}(?:[.:-]?\\d{2}){1,6}(?:[.:-]?\\d{1,3}){0,2})${MODIFIER}`)
const BRANCH = /^(\d+)(?:\.(\d+|[x*]))?(?:\.(\d+|[x*]))?(?:\.(\d+|[x*]))?[.-]?dev$/
/** What Composer puts for a part that a branch leaves open. */
const NEWEST = '9999999'

const UNKNOWN = -1
const NUMBER = 5
const PARTS = 4
const ZERO: Part = { rank: NUMBER, value: 0 }
const END: Part = { rank: 4, value: 0 }
// PHP knows a word by its beginning, and asks in this order.
const WORDS: readonly (readonly [string, number])[] = [
  ['dev', 0],
  ['a', 1],
  ['b', 2],
  ['rc', 3],
  ['p', 6],
]

function normalised(version: string): string {
  const classic = CLASSIC.exec(version)
  if (classic) {
    const [, major, minor = '0', patch = '0', fourth = '0', word, number, dev] = classic
    return `${major}.${minor}.${patch}.${fourth}${modifier(word, number, dev)}`
  }
  const date = DATE.exec(version)
  if (date) return date[1]!.replace(/\D/g, '.') + modifier(date[2], date[3], date[4])
  const branch = BRANCH.exec(version)
  if (!branch) return version
  const open = (part: string | undefined): string => (part && part !== 'x' && part !== '*' ? part : NEWEST)
  return `${branch[1]}.${open(branch[2])}.${open(branch[3])}.${open(branch[4])}-dev`
}

function modifier(word: string | undefined, number = '', dev: string | undefined): string {
  if (word === 'stable') return ''
  return (word ? `-${word}${number.replace(/^[.-]+/, '')}` : '') + (dev ? '-dev' : '')
}

function readPart(piece: string): Part {
  if (isDigitAt(piece, 0)) return { rank: NUMBER, value: readWhole(piece, 0, piece.length) }
  return { rank: WORDS.find(([beginning]) => piece.startsWith(beginning))?.[1] ?? UNKNOWN, value: 0 }
}

/** As Composer cuts it first: without spaces around it, its v and its build text. */
function plain(text: string): string {
  const version = text.trim().toLowerCase()
  const from = /^v\d/.test(version) ? 1 : 0
  const plus = version.indexOf('+')
  return plus > 0 ? version.slice(from, plus) : version.slice(from)
}

function read(text: string): Part[] | null {
  const version = plain(text)
  if (version === '' || /[\p{Cc}\s]/u.test(version)) return null
  const parts = normalised(version)
    .match(/\d+|[^\d\W_]+/g)
    ?.map(readPart)
  if (!parts || (!CLASSIC.test(version) && DATE.test(version))) return parts ?? null
  const numbers = parts.findIndex(({ rank }) => rank !== NUMBER)
  // What Composer would not take (3.0.0b1.post1) has four numbers all the same, or it would not compare with its neighbours.
  for (let count = numbers < 0 ? parts.length : numbers; count > 0 && count < PARTS; count++) parts.splice(count, 0, ZERO)
  return parts
}

function order(a: readonly Part[], b: readonly Part[]): Order {
  const most = Math.max(a.length, b.length)
  for (let i = 0; i < most; i++) {
    const [left, right] = [a[i] ?? END, b[i] ?? END]
    const by = byValue(left.rank, right.rank) || byValue(left.value, right.value)
    if (by !== 0) return by
  }
  return 0
}

export const PACKAGIST: VersionOrder = keyedOrder({
  rule: 'composer-version',
  isValid: (text) => {
    const version = plain(text)
    return CLASSIC.test(version) || DATE.test(version) || BRANCH.test(version) || version.startsWith('dev-')
  },
  read,
  order,
})
