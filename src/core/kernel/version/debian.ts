// Debian Policy §5.6.12 and deb-version(7): epoch, upstream version and revision; a tilde sorts before the end of the text.
import type { Order, VersionOrder } from '../version-order.ts'
import { keyedOrder } from './keyed-order.ts'
import { byValue, digitsEnd, readWhole, type Whole } from './whole.ts'

/** Turn by turn what is no digits, in weights that compare as text, and a number; begins with the former. */
type Runs = readonly (string | Whole)[]

interface DebianKey {
  readonly epoch: Whole
  readonly upstream: Runs
  readonly revision: Runs
}

const VALID = /^(?:\d+:)?\d[A-Za-z0-9.+~:-]*$/
// Tilde below the end, the end below letters, letters below everything else.
const TILDE = '\u0001'
const END = '\u0002'
const OTHERS = 256

function weights(text: string, from: number, to: number): string {
  let out = ''
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at)
    const isLetter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122)
    out += code === 126 ? TILDE : String.fromCharCode(isLetter ? code : code + OTHERS)
  }
  return out + END
}

function runs(text: string, from: number, to: number): Runs {
  const out: (string | Whole)[] = []
  for (let at = from; at < to; ) {
    let end = at
    while (end < to && !(text.charCodeAt(end) >= 48 && text.charCodeAt(end) <= 57)) end++
    out.push(end === at ? END : weights(text, at, end))
    at = Math.min(digitsEnd(text, end), to)
    out.push(readWhole(text, end, at))
  }
  return out
}

function byRuns(a: Runs, b: Runs): Order {
  const most = Math.max(a.length, b.length)
  for (let i = 0; i < most; i++) {
    const nothing = i % 2 === 0 ? END : 0
    const by = byValue(a[i] ?? nothing, b[i] ?? nothing)
    if (by !== 0) return by
  }
  return 0
}

function read(text: string): DebianKey | null {
  if (text.length === 0 || /[^\x21-\x7e]/.test(text)) return null
  const colon = text.indexOf(':')
  if (colon === 0 || (colon > 0 && digitsEnd(text, 0) !== colon)) return null
  const hyphen = text.lastIndexOf('-')
  const end = hyphen <= colon ? text.length : hyphen
  if (end === colon + 1) return null
  return {
    epoch: colon < 0 ? 0 : readWhole(text, 0, colon),
    upstream: runs(text, colon + 1, end),
    revision: runs(text, end + 1, text.length),
  }
}

export const DEBIAN: VersionOrder = keyedOrder({
  rule: 'deb-version',
  isValid: (text) => VALID.test(text) && read(text) !== null,
  read,
  order: (a, b) => byValue(a.epoch, b.epoch) || byRuns(a.upstream, b.upstream) || byRuns(a.revision, b.revision),
})

/** OCaml's opam takes the whole text as Debian takes an upstream version (https://opam.ocaml.org/doc/Manual.html#version-ordering). */
export const OPAM: VersionOrder = keyedOrder({
  rule: 'opam',
  isValid: (text) => /^[A-Za-z0-9_+.~-]+$/.test(text),
  read: (text) => (text.length === 0 || /[^\x21-\x7e]/.test(text) ? null : runs(text, 0, text.length)),
  order: byRuns,
})
