import { readXmlText } from './entities.ts'

/** A start or an end tag as it is written. */
export interface Tag {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly ends: boolean
  /** `<name/>`. */
  readonly empty: boolean
}

export type ReadTag =
  | { readonly ok: true; readonly tag: Tag }
  | { readonly ok: false; readonly what: string; readonly unsafe: boolean }

const NAME = /^[A-Za-z_\u0080-\uffff][A-Za-z0-9_.\u0080-\uffff-]*(?::[A-Za-z_\u0080-\uffff][A-Za-z0-9_.\u0080-\uffff-]*)?$/
const MOST_ATTRIBUTES = 256
const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map()

/** Reads what stands between `<` and `>` (XML 1.0 section 3.1), or says in a clause what is wrong with it. Linear in its length. */
export function readTag(text: string): ReadTag {
  const ends = text.startsWith('/')
  const empty = !ends && text.endsWith('/')
  const body = text.slice(ends ? 1 : 0, empty ? -1 : undefined)
  let at = 0
  while (at < body.length && !isSpace(body, at)) at++
  const name = body.slice(0, at)
  if (!NAME.test(name)) return wrong('a tag in it has no name')
  at = spaces(body, at)
  if (at === body.length) return { ok: true, tag: { name, attributes: NO_ATTRIBUTES, ends, empty } }
  if (ends) return wrong('an end tag in it has attributes')
  const attributes = new Map<string, string>()
  while (at < body.length) {
    let end = at
    while (end < body.length && body[end] !== '=' && !isSpace(body, end)) end++
    const key = body.slice(at, end)
    at = spaces(body, end)
    if (!NAME.test(key) || body[at] !== '=') return wrong('an attribute in it has no name or no value')
    at = spaces(body, at + 1)
    const quote = body[at]
    const close = quote === '"' || quote === "'" ? body.indexOf(quote, at + 1) : -1
    if (close < 0) return wrong('the value of an attribute in it has no quotes')
    const raw = body.slice(at + 1, close)
    if (raw.includes('<')) return wrong('the value of an attribute in it holds a <')
    const value = readXmlText(raw)
    if (!value.ok) return value
    if (attributes.has(key)) return wrong('an attribute in it stands twice')
    if (attributes.size === MOST_ATTRIBUTES) return wrong(`an element in it has more than ${MOST_ATTRIBUTES} attributes`)
    attributes.set(key, value.text)
    const next = spaces(body, close + 1)
    if (next === close + 1 && next < body.length) return wrong('there is no space between two attributes in it')
    at = next
  }
  return { ok: true, tag: { name, attributes, ends, empty } }
}

function isSpace(text: string, at: number): boolean {
  const c = text.charCodeAt(at)
  return c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09
}

function spaces(text: string, from: number): number {
  let at = from
  while (at < text.length && isSpace(text, at)) at++
  return at
}

function wrong(what: string): ReadTag {
  return { ok: false, what, unsafe: false }
}
