// Maven's ComparableVersion (https://maven.apache.org/pom.html#version-order-specification): a list of numbers and words, with a
// list inside for what follows a hyphen or a change between digits and letters. What is nothing at the end of a list is dropped.
// A word behind a dot (2.0.a) stays in its list, as VERS's required cases have it; Maven since 3.8.7 reads 2.0-a. Where both spellings
// of one version meet, or nothing stands between hyphens (1-ga-x), this order is not transitive, and neither was Maven's.
import type { Order, VersionOrder } from '../version-order.ts'
import { keyedOrder } from './keyed-order.ts'
import { byValue, digitsEnd, readWhole, type Whole } from './whole.ts'

type Item = Whole | string | Item[]

// Known words below and at the release itself, which is the empty word; words that nobody knows are above them all.
const KNOWN = ['alpha', 'beta', 'milestone', 'rc', 'snapshot', '', 'sp']
const RANKS: ReadonlyMap<string, number> = new Map(KNOWN.map((word, rank) => [word, rank]))
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['ga', ''],
  ['final', ''],
  ['release', ''],
  ['cr', 'rc'],
])
/** Only where a digit follows at once. */
const SHORT: ReadonlyMap<string, string> = new Map([
  ['a', 'alpha'],
  ['b', 'beta'],
  ['m', 'milestone'],
])
const RELEASE = RANKS.get('')!

function word(text: string, isBeforeDigit: boolean): string {
  const long = isBeforeDigit ? (SHORT.get(text) ?? text) : text
  return ALIASES.get(long) ?? long
}

function isNothing(item: Item): boolean {
  return typeof item === 'object' ? item.length === 0 : item === 0 || item === ''
}

function normalise(list: Item[]): void {
  for (let i = list.length - 1; i >= 0; i--) {
    const item = list[i]!
    if (isNothing(item)) list.splice(i, 1)
    else if (typeof item !== 'object') break
  }
}

function read(text: string): Item[] | null {
  if (text.length === 0 || /[\p{Cc}\s]/u.test(text)) return null
  const version = text.toLowerCase()
  const all: Item[] = []
  const lists = [all]
  const deeper = (): void => {
    const inner: Item[] = []
    lists.at(-1)!.push(inner)
    lists.push(inner)
  }
  for (let at = 0; at < version.length; ) {
    const list = lists.at(-1)!
    const first = version[at]
    let end = digitsEnd(version, at)
    const isNumber = end > at
    if (isNumber) list.push(readWhole(version, at, end))
    else if (first === '.' || first === '-') list.push(0)
    else {
      while (end < version.length && version[end] !== '.' && version[end] !== '-' && digitsEnd(version, end) === end) end++
      list.push(word(version.slice(at, end), digitsEnd(version, end) > end))
    }
    const next = version[end]
    if (next === '-' || (next !== undefined && next !== '.')) deeper()
    at = next === '.' || next === '-' ? end + 1 : end
  }
  for (const list of lists.toReversed()) normalise(list)
  return all
}

function byWord(a: string, b: string): Order {
  return byValue(RANKS.get(a) ?? KNOWN.length, RANKS.get(b) ?? KNOWN.length) || (RANKS.has(a) ? 0 : byValue(a, b))
}

/** An item against the end of the other list. */
function byAbsence(item: Item): Order {
  if (typeof item === 'string') return byValue(RANKS.get(item) ?? KNOWN.length, RELEASE)
  if (typeof item !== 'object') return item === 0 ? 0 : 1
  for (const inner of item) {
    const by = byAbsence(inner)
    if (by !== 0) return by
  }
  return 0
}

// Word below list below number.
function rank(item: Item): number {
  return typeof item === 'string' ? 0 : typeof item === 'object' ? 1 : 2
}

function opposite(by: Order): Order {
  return by === 0 ? 0 : by === 1 ? -1 : 1
}

function byItem(a: Item, b: Item): Order {
  if (typeof a === 'string' && typeof b === 'string') return byWord(a, b)
  if (typeof a === 'object' && typeof b === 'object') return byList(a, b)
  return byValue(rank(a), rank(b)) || byValue(a as Whole, b as Whole)
}

function byList(a: readonly Item[], b: readonly Item[]): Order {
  const most = Math.max(a.length, b.length)
  for (let i = 0; i < most; i++) {
    const [left, right] = [a[i], b[i]]
    const by = left === undefined ? opposite(byAbsence(right!)) : right === undefined ? byAbsence(left) : byItem(left, right)
    if (by !== 0) return by
  }
  return 0
}

export const MAVEN: VersionOrder = keyedOrder({
  rule: 'maven-comparable-version',
  isValid: (text) => read(text) !== null,
  read,
  order: byList,
})
