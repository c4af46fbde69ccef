import { type ParsedTerms, parseTerms } from '../../../core/cases/terms/parse-terms.ts'
import type { ProjectTerms } from '../../../core/cases/terms/project-terms.ts'

/** Whether this browser knows the zone. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

/** The terms in a JSON text as it is being written; else what is wrong and where. Never throws. */
export function termsIn(text: string): ParsedTerms {
  try {
    return parseTerms(JSON.parse(text), isZone)
  } catch {
    return { ok: false, problems: [{ at: '', says: 'is no JSON' }] }
  }
}

export const jsonOf = (terms: ProjectTerms | Readonly<Record<string, unknown>>): string => JSON.stringify(terms, null, 2)

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What stands in the terms at a JSON pointer; undefined where nothing does. */
export function valueAt(terms: unknown, pointer: string): unknown {
  return stepsOf(pointer).reduce<unknown>(
    (value, key) =>
      (isObject(value) || Array.isArray(value)) && Object.hasOwn(value, key) ? (value as never)[key] : undefined,
    terms,
  )
}

/** The terms with a value put at a JSON pointer; everything else stays. */
export function withValue(terms: Readonly<Record<string, unknown>>, pointer: string, value: unknown): Record<string, unknown> {
  const [key, ...rest] = stepsOf(pointer)
  if (key === undefined || key === '__proto__') return { ...terms }
  const inside = terms[key]
  const next = rest.length === 0 ? value : withValue(isObject(inside) ? inside : {}, `/${rest.join('/')}`, value)
  return { ...terms, [key]: next }
}

function stepsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(pointer.startsWith('/') ? 1 : 0)
    .filter((key) => key !== '')
    .slice(0, 8)
}

/** Fingerprints of the PGP keys that the terms name. */
export function fingerprintsIn(terms: unknown): string[] {
  const keys = valueAt(terms, '/contact/keys')
  if (!Array.isArray(keys)) return []
  return keys.flatMap((key: unknown) =>
    isObject(key) && key['kind'] === 'pgp' && typeof key['fingerprint'] === 'string' ? [key['fingerprint']] : [],
  )
}
