import type { Purl } from './parts.ts'
import { PURL_CHARACTERS } from './parts.ts'
import { ruleOf, type TypeRule } from './type-rules.ts'

const UNRESERVED = 1
const UPPER = 2
const SLASH = 3
const AT = 4
const MARK = 5

/** What a character may be in a purl that is read in one go; zero sends the text the long way. */
const KINDS = new Uint8Array(128)
for (const c of 'abcdefghijklmnopqrstuvwxyz0123456789.-_~:+') KINDS[c.charCodeAt(0)] = UNRESERVED
for (const c of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') KINDS[c.charCodeAt(0)] = UPPER
KINDS['/'.charCodeAt(0)] = SLASH
KINDS['@'.charCodeAt(0)] = AT
KINDS['?'.charCodeAt(0)] = MARK

const NONE: Readonly<Record<string, string>> = Object.freeze({})
const QUALIFIER = /^([a-z][a-z0-9._-]*)=([A-Za-z0-9._~:+-]+)$/
const MOST_QUALIFIERS = 5
/** Unlike any real one in length, so that counting encoded characters can be left to the long way. */
const LONGEST = PURL_CHARACTERS / 4

/** Types whose parts are taken as they stand, but for their case. */
const SIMPLE = new Map<string, TypeRule | null>()

/**
 * Reads, in one pass, a purl without subpath that holds no encoding but the one npm scopes begin with: exactly what the long way makes
 * of it. Null where that is needed. Most purls of most inventories are such.
 */
export function readPlain(text: string): Purl | null {
  if (text.length > LONGEST || !text.startsWith('pkg:')) return null
  const slash = text.indexOf('/', 4)
  if (slash < 5) return null
  const type = text.slice(4, slash)
  const rule = simpleRule(type)
  if (rule === null) return null
  // A scope of npm: `%40` for the sign that would begin a version.
  const scoped = type === 'npm' && text.startsWith('%40', slash + 1)
  const start = scoped ? slash + 4 : slash + 1
  let last = slash
  let at = -1
  let end = text.length
  let upperPath = -1
  let upperVersion = false
  for (let i = start; i < end; i++) {
    const c = text.charCodeAt(i)
    switch (c < 128 ? KINDS[c] : 0) {
      case UNRESERVED:
        break
      case UPPER:
        if (at < 0) upperPath = i
        else upperVersion = true
        break
      case SLASH:
        // Empty segments are dropped, and a version with slashes is written otherwise: both the long way.
        if (at >= 0 || i === last + 1 || i === start) return null
        last = i
        break
      case AT:
        if (at >= 0 || i === last + 1 || i === start) return null
        at = i
        break
      case MARK:
        end = i
        break
      default:
        return null
    }
  }
  const nameEnd = at < 0 ? end : at
  if (nameEnd <= last + 1 || nameEnd === start || at === end - 1) return null
  if (scoped && last === slash) return null
  const hasSpace = last > slash
  if (hasSpace ? rule.namespace === 'prohibited' : rule.namespace === 'required') return null
  if (upperPath > last ? rule.nameCase !== 'keep' : upperPath >= 0 && rule.namespaceCase !== 'keep') return null
  // The last of the path's upper-case letters says nothing of those before it.
  if (upperPath > last && hasSpace && rule.namespaceCase !== 'keep') return null
  if (upperVersion && rule.versionCase !== 'keep') return null
  const qualifiers = end === text.length ? NONE : plainQualifiers(text.slice(end + 1))
  if (qualifiers === null) return null
  return {
    type,
    namespace: hasSpace ? (scoped ? `@${text.slice(start, last)}` : text.slice(start, last)) : null,
    name: text.slice(last + 1, nameEnd),
    version: at < 0 ? null : text.slice(at + 1, end),
    qualifiers,
    subpath: null,
  }
}

/** Those that stand in order and hold something. */
function plainQualifiers(text: string): Readonly<Record<string, string>> | null {
  const pairs = text.split('&', MOST_QUALIFIERS + 1)
  if (pairs.length > MOST_QUALIFIERS) return null
  const read: Record<string, string> = {}
  let before = ''
  for (const pair of pairs) {
    const found = QUALIFIER.exec(pair)
    if (found === null || found[1]! <= before) return null
    before = found[1]!
    read[before] = found[2]!
  }
  return read
}

function simpleRule(type: string): TypeRule | null {
  const known = SIMPLE.get(type)
  if (known !== undefined) return known
  const rule = ruleOf(type)
  const { name, version, nameFold, requires, namespaceSegments, foldUnder, foldWhere } = rule
  const special = [name, version, nameFold, requires, namespaceSegments, foldUnder, foldWhere].some(
    (asked) => asked !== undefined,
  )
  const upper = rule.namespaceCase === 'upper' || rule.nameCase === 'upper' || rule.versionCase === 'upper'
  const simple = special || upper || !/^[a-z][a-z0-9.-]*$/.test(type) ? null : rule
  // Hostile texts bring any number of types; those that are registered are few.
  if (SIMPLE.size < 500) SIMPLE.set(type, simple)
  return simple
}
