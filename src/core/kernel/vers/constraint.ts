import { parseInstant } from '../instant.ts'
import { percentDecode } from '../purl/percent.ts'
import type { Comparator, Constraint, VersRefusal } from './parts.ts'

const COMPARATORS: readonly Comparator[] = ['>=', '<=', '!=', '<', '>', '=']
/** What would be encoded only by who does not know that it need not be. */
const NEEDLESS = /%(?:2D|2E|5F|7E|3[0-9]|4[1-9A-F]|5[0-9A]|6[1-9A-F]|7[0-9A])/
const RESERVED = /[^\x21-\x7e]|[<>=!*|]/

/** Reads one constraint as it stands between pipes, its version decoded once. */
export function readConstraint(type: string, text: string): Constraint | VersRefusal {
  if (text === '*') return { comparator: '*', version: '' }
  const comparator = COMPARATORS.find((sign) => text.startsWith(sign))
  const written = text.slice(comparator?.length ?? 0)
  if (written === '') return 'no-version'
  if (RESERVED.test(written)) return 'unencoded'
  const version = percentDecode(written)
  if (version === null) return 'invalid-encoding'
  if (written !== version && (/%[0-9A-F]?[a-f]/.test(written) || NEEDLESS.test(written))) return 'encoding-not-canonical'
  if (/[\p{Cc}\s]/u.test(version)) return 'whitespace'
  if (type === 'datetime') {
    if (written.includes('%3A')) return 'encoded-colon'
    if (/[tz]/.test(version)) return 'datetime-case'
    if (!/^\d{4}-\d\d-\d\dT/.test(version) || parseInstant(version) === null) return 'invalid-datetime'
  }
  return { comparator: comparator ?? '=', version }
}
