// From the text of a purl to its decoded parts. Text is hostile: bounded length, one pass per separator, nothing thrown.
import { type LooseParts, PURL_CHARACTERS, PURL_QUALIFIERS } from './parts.ts'
import { percentDecode } from './percent.ts'
import { ruleOf } from './type-rules.ts'

type Split = { readonly ok: true; readonly parts: LooseParts } | { readonly ok: false; readonly why: string }

function no(why: string): { readonly ok: false; readonly why: string } {
  return { ok: false, why }
}

const ENCODING = 'A percent sign must be followed by two hex digits, and the bytes must be UTF-8.'

function decodePath(text: string): string | null {
  if (!text.includes('%')) return text
  const out: string[] = []
  for (const piece of text.split('/')) {
    const decoded = percentDecode(piece)
    if (decoded === null || decoded.includes('/')) return null
    out.push(decoded)
  }
  return out.join('/')
}

// The last `@` that can begin a version: one that opens a path segment (`@babel/core`) belongs to the name.
function versionAt(path: string): number {
  for (let at = path.lastIndexOf('@'); at > 0; at = path.lastIndexOf('@', at - 1)) {
    if (path[at - 1] !== '/' || !path.includes('/', at)) return at
  }
  return -1
}

const NO_QUALIFIERS: ReadonlyMap<string, string> = new Map()

function readQualifiers(text: string, own: readonly string[], mend: boolean): ReadonlyMap<string, string> | string {
  if (text === '') return NO_QUALIFIERS
  const out = new Map<string, string>()
  const pairs = text.split('&')
  if (pairs.length > PURL_QUALIFIERS) return `A purl has at most ${PURL_QUALIFIERS} qualifiers.`
  for (const pair of pairs) {
    const equals = pair.indexOf('=')
    if (pair === '') continue
    if (equals < 0) return 'A qualifier is key=value.'
    const written = pair.slice(0, equals)
    const key = written.toLowerCase()
    if (!mend && key !== written && own.includes(key)) return `The qualifier ${key} is written in lower case.`
    const value = percentDecode(pair.slice(equals + 1))
    if (value === null) return ENCODING
    if (out.has(key)) return 'A qualifier may stand only once.'
    out.set(key, value)
  }
  return out
}

/** Takes the text apart. `mend` also takes qualifier keys that a strict reader refuses for their case. */
export function splitPurl(text: string, mend: boolean): Split {
  if (text.length > PURL_CHARACTERS) return no(`A purl has at most ${PURL_CHARACTERS} characters.`)
  if (!text.startsWith('pkg:') && text.slice(0, 4).toLowerCase() !== 'pkg:') return no('A purl starts with pkg:')
  const hash = text.lastIndexOf('#')
  const subpath = hash < 0 ? null : decodePath(text.slice(hash + 1))
  if (hash >= 0 && subpath === null) return no(ENCODING)
  let rest = hash < 0 ? text.slice(4) : text.slice(4, hash)
  const mark = rest.lastIndexOf('?')
  const asked = mark < 0 ? '' : rest.slice(mark + 1)
  if (mark >= 0) rest = rest.slice(0, mark)

  let from = 0
  while (rest[from] === '/') from++
  rest = rest.slice(from)
  const slash = rest.indexOf('/')
  if (slash < 0) return no('A purl must have a type and a name.')
  const type = rest.slice(0, slash).toLowerCase()
  let path = rest.slice(slash)
  const at = versionAt(path)
  const version = at < 0 ? null : percentDecode(path.slice(at + 1))
  if (at >= 0 && version === null) return no(ENCODING)
  if (at >= 0) path = path.slice(0, at)
  if (at < 0) while (path.endsWith('/')) path = path.slice(0, -1)

  const last = path.lastIndexOf('/')
  const name = percentDecode(path.slice(last + 1))
  const namespace = decodePath(path.slice(0, Math.max(last, 0)))
  if (name === null || namespace === null) return no(ENCODING)
  const qualifiers = readQualifiers(asked, ruleOf(type).qualifiers ?? [], mend)
  if (typeof qualifiers === 'string') return no(qualifiers)
  const stated = qualifiers.size === 0 ? null : Object.fromEntries(qualifiers)
  return { ok: true, parts: { type, namespace, name, version, qualifiers: stated, subpath } }
}
