// apk-tools' version rule (https://wiki.alpinelinux.org/wiki/Package_policies, apk-package(5)): digits{.digits}{letter}{_suffix{n}}
// {~hash}{-r n}. Digits that are not there (`0..8`) are older than any; where the text stops being a version, the rest counts as
// older than an end, and nothing in it is compared.
import type { Order, VersionOrder } from '../version-order.ts'
import { keyedOrder } from './keyed-order.ts'
import { byValue, digitsEnd, isDigitAt, readWhole, type Whole } from './whole.ts'

/** A piece: which kind, and what is compared within the kind. */
interface Token {
  readonly kind: number
  readonly value: Whole | string
  /** Digits as written where a leading zero makes them compare as text. */
  readonly digits: string
}

// Ascending: a piece of a lower kind is older, where the other version has a piece of a higher one at the same place.
const KIND = {
  before: 0,
  broken: 1,
  lack: 2,
  end: 3,
  revision: 4,
  hash: 5,
  suffixNumber: 6,
  after: 7,
  letter: 8,
  digits: 9,
  first: 10,
}
const SUFFIXES = ['alpha', 'beta', 'pre', 'rc', 'cvs', 'svn', 'git', 'hg', 'p']
const FIRST_AFTER = SUFFIXES.indexOf('cvs')
const VALID = /^\d+(?:\.\d+)*[a-z]?(?:_(?:alpha|beta|pre|rc|cvs|svn|git|hg|p)\d*)*(?:~[0-9a-f]+)?(?:-r\d+)?$/
const BROKEN: Token = { kind: KIND.broken, value: 0, digits: '' }
const LACK: Token = { kind: KIND.lack, value: 0, digits: '' }
const END: Token = { kind: KIND.end, value: 0, digits: '' }

function read(text: string): Token[] | null {
  if (text.length === 0 || /[\p{Cc}\s]/u.test(text)) return null
  const tokens: Token[] = []
  let at = 0
  const digits = (kind: number): void => {
    const end = digitsEnd(text, at)
    if (end === at) tokens.push(LACK)
    else {
      const isText = kind === KIND.digits && text[at] === '0'
      tokens.push({ kind, value: readWhole(text, at, end), digits: isText ? text.slice(at, end) : '' })
    }
    at = end
  }
  const broken = (): Token[] => [...tokens, BROKEN]
  digits(KIND.first)
  while (text[at] === '.') {
    at++
    digits(KIND.digits)
  }
  if (/[a-z]/.test(text[at] ?? '')) {
    tokens.push({ kind: KIND.letter, value: text[at]!, digits: '' })
    at++
    // Not in the grammar, but apk has always compared it (6.6.2p1).
    if (isDigitAt(text, at)) digits(KIND.suffixNumber)
  }
  while (text[at] === '_') {
    const end = /^[a-z]*/.exec(text.slice(at + 1, at + 8))![0].length + at + 1
    const suffix = SUFFIXES.indexOf(text.slice(at + 1, end))
    if (suffix < 0) return broken()
    tokens.push({ kind: suffix < FIRST_AFTER ? KIND.before : KIND.after, value: suffix, digits: '' })
    at = end
    if (isDigitAt(text, at)) digits(KIND.suffixNumber)
  }
  if (text[at] === '~') {
    const hash = /^[0-9a-f]*/.exec(text.slice(at + 1))![0]
    tokens.push({ kind: KIND.hash, value: hash, digits: '' })
    at += 1 + hash.length
  }
  if (/^-r(?:\d|-|$)/.test(text.slice(at, at + 3))) {
    const end = digitsEnd(text, at + 2)
    tokens.push({ kind: KIND.revision, value: readWhole(text, at + 2, end), digits: '' })
    at = end
  }
  return at === text.length ? tokens : broken()
}

function byToken(a: Token, b: Token): Order {
  if (a.kind !== b.kind) return byValue(a.kind, b.kind)
  if (a.digits !== '' || b.digits !== '') return byValue(a.digits || String(a.value), b.digits || String(b.value))
  return byValue(a.value, b.value)
}

function order(a: readonly Token[], b: readonly Token[]): Order {
  const most = Math.max(a.length, b.length)
  for (let i = 0; i < most; i++) {
    const by = byToken(a[i] ?? END, b[i] ?? END)
    if (by !== 0) return by
  }
  return 0
}

export const ALPINE: VersionOrder = keyedOrder({ rule: 'apk', isValid: (text) => VALID.test(text), read, order })
