const NAMED: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
])
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/
const LONGEST = 12

/** Text with its references resolved, or in a clause what is wrong with it; `unsafe` where it names an entity of its own. */
export type ReadXmlText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly what: string; readonly unsafe: boolean }

/** Resolves the five named and the numeric references (XML 1.0 section 4.1, 4.6) in one pass; knows no other entity. */
export function readXmlText(raw: string): ReadXmlText {
  if (FORBIDDEN.test(raw)) return wrong('a text in it holds a character that XML forbids')
  let at = raw.indexOf('&')
  if (at < 0) return { ok: true, text: raw }
  let text = ''
  let from = 0
  while (at >= 0) {
    // Looked for no further than a reference can reach.
    const length = raw.slice(at, at + LONGEST).indexOf(';')
    const end = at + length
    if (length < 0) return wrong('an ampersand in it begins no reference')
    const name = raw.slice(at + 1, end)
    const stands = name.startsWith('#') ? numbered(name.slice(1)) : (NAMED.get(name) ?? null)
    if (stands === null && name.startsWith('#')) return wrong('a reference in it names no character')
    if (stands === null) return { ok: false, what: 'it uses an entity of its own', unsafe: true }
    text += raw.slice(from, at) + stands
    from = end + 1
    at = raw.indexOf('&', from)
  }
  return { ok: true, text: text + raw.slice(from) }
}

function numbered(digits: string): string | null {
  const hex = digits.startsWith('x')
  if (!(hex ? /^x[0-9a-fA-F]{1,8}$/ : /^[0-9]{1,9}$/).test(digits)) return null
  const code = Number.parseInt(hex ? digits.slice(1) : digits, hex ? 16 : 10)
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return null
  const character = String.fromCodePoint(code)
  return FORBIDDEN.test(character) ? null : character
}

function wrong(what: string): ReadXmlText {
  return { ok: false, what, unsafe: false }
}
