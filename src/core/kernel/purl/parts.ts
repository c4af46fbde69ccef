import { percentEncode, UNRESERVED } from './percent.ts'
import type { Case, TypeRule } from './type-rules.ts'
import { ruleOf } from './type-rules.ts'

/** A package URL in canonical form: parts decoded, folded by its type's rules, never empty. */
export interface Purl {
  readonly type: string
  readonly namespace: string | null
  readonly name: string
  readonly version: string | null
  /** Keys in ascending order. */
  readonly qualifiers: Readonly<Record<string, string>>
  readonly subpath: string | null
}

export type ParsedPurl = { readonly ok: true; readonly purl: Purl } | { readonly ok: false; readonly why: string }

/** Parts as somebody has them: decoded, perhaps missing, not yet judged. */
export interface LooseParts {
  readonly type?: string | null
  readonly namespace?: string | null
  readonly name?: string | null
  readonly version?: string | null
  readonly qualifiers?: Readonly<Record<string, string | null>> | null
  readonly subpath?: string | null
}

/** Most characters a purl may have, and most qualifiers: both far above any real one. */
export const PURL_CHARACTERS = 4096
export const PURL_QUALIFIERS = 64
const TOO_LONG = `A purl has at most ${PURL_CHARACTERS} characters.`

const TYPE = /^[a-z][a-z0-9.-]*$/
const KEY = /^[a-z][a-z0-9._-]*$/
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/

function no(why: string): { readonly ok: false; readonly why: string } {
  return { ok: false, why }
}

function fold(text: string, how: Case): string {
  return how === 'lower' ? text.toLowerCase() : how === 'upper' ? text.toUpperCase() : text
}

function foldName(given: string, namespace: string | null, qualifiers: Purl['qualifiers'], rule: TypeRule): string {
  let name = fold(given, rule.nameCase)
  for (const [from, to] of rule.nameFold ?? []) name = name.replace(from, to)
  if (rule.foldUnder && namespace !== null && rule.foldUnder.includes(namespace.toLowerCase())) name = name.toLowerCase()
  const where = rule.foldWhere
  if (where && (qualifiers[where.qualifier] ?? '').includes(where.holds)) name = name.toLowerCase()
  return name
}

function segments(text: string | null | undefined): string[] {
  if (!text) return []
  return text.split('/').filter((s) => s !== '')
}

const NONE: Readonly<Record<string, string>> = Object.freeze({})

/** Those that hold something, their keys in order; or what is wrong with them. */
function keptQualifiers(stated: Readonly<Record<string, string | null>>): Readonly<Record<string, string>> | string {
  const given = Object.entries(stated)
  if (given.length > PURL_QUALIFIERS) return `A purl has at most ${PURL_QUALIFIERS} qualifiers.`
  const kept: [string, string][] = []
  for (const [key, value] of given) {
    if (!KEY.test(key))
      return 'A qualifier key must start with a lower-case letter and hold only a-z, 0-9, dot, dash, underscore.'
    if (value !== null && value !== '') kept.push([key, value])
  }
  return Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
}

/** Puts decoded parts into canonical form, or says why they make no purl. Lengths and control characters are judged here. */
export function makePurl(parts: LooseParts): ParsedPurl {
  const type = (parts.type ?? '').toLowerCase()
  if (!TYPE.test(type)) return no('The type must start with a letter and hold only letters, digits, dots and dashes.')
  const rule = ruleOf(type)

  const qualifiers = parts.qualifiers ? keptQualifiers(parts.qualifiers) : NONE
  if (typeof qualifiers === 'string') return no(qualifiers)
  for (const key of rule.requires ?? [])
    if (qualifiers[key] === undefined) return no(`The type ${type} requires the qualifier ${key}.`)

  const space = segments(parts.namespace)
  let name = parts.name ?? ''
  if (rule.namespaceSegments !== undefined) name = [...space.splice(rule.namespaceSegments), ...segments(name)].join('/')
  const namespace = space.length === 0 ? null : fold(space.join('/'), rule.namespaceCase)
  if (rule.namespace === 'required' && namespace === null) return no(`The type ${type} requires a namespace.`)
  if (rule.namespace === 'prohibited' && namespace !== null) return no(`The type ${type} has no namespace.`)
  name = foldName(name, namespace, qualifiers, rule)
  if (name === '') return no('A purl must have a name.')
  if (rule.name && !rule.name.test(name)) return no(`The name is not one of the type ${type}.`)

  const version = parts.version ? fold(parts.version, rule.versionCase) : null
  if (version !== null && rule.version && !rule.version.test(version)) return no(`The version is not one of the type ${type}.`)
  const path = segments(parts.subpath).filter((s) => s !== '.' && s !== '..')
  const subpath = path.length === 0 ? null : path.join('/')

  const purl: Purl = { type, namespace, name, version, qualifiers, subpath }
  // Counted as written in canonical form (a slash as its encoding), so that what is made here can always be read again.
  let total = 8
  const count = (text: string | null): string | null => {
    if (text === null) return null
    if (text.length > PURL_CHARACTERS) return TOO_LONG
    if (UNRESERVED.test(text)) total += text.length
    else if (CONTROL.test(text)) return 'A purl holds no control characters.'
    else if (!text.isWellFormed()) return 'A purl holds only whole Unicode characters.'
    else total += percentEncode(text).length
    return total > PURL_CHARACTERS ? TOO_LONG : null
  }
  let wrong = count(type) ?? count(namespace) ?? count(name) ?? count(version) ?? count(subpath)
  for (const key in qualifiers) {
    total += 2
    wrong ??= count(key) ?? count(qualifiers[key]!)
  }
  return wrong === null ? { ok: true, purl } : no(wrong)
}
