import { type Instant, parseInstant } from '../kernel/instant.ts'
import type { DueRule, Duty } from './duty.ts'
import { isLine } from './plain-line.ts'

/** What is wrong with an organisation's own duty, and where (key). */
export interface DutyProblem {
  readonly at: string
  readonly says: string
}

export type OwnDutyRead =
  | { readonly ok: true; readonly duty: Duty }
  | { readonly ok: false; readonly problems: readonly DutyProblem[] }

const KEYS = new Set(['id', 'what', 'who', 'with', 'source', 'from', 'due', 'unknown'])
const ID = /^[a-z0-9](?:[a-z0-9.-]{0,62}[a-z0-9])?$/
const DAY_TEXT = /^\d{4}-\d{2}-\d{2}$/
const MOST_DAYS = 36_500
const MOST_LIST = 50

/**
 * Reads a duty that an organisation set itself; hostile JSON. `from` and a due day are dates (`2026-11-21`); `due` is
 * `{"days": 30}`, `{"on": "2027-01-31"}` or `"standing"`. Its id begins with `own/`, so that it can never be taken for a public one.
 */
export function readOwnDuty(value: unknown): OwnDutyRead {
  const problems: DutyProblem[] = []
  const tell = (at: string, says: string) => void problems.push({ at, says })
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, problems: [{ at: '', says: 'must be an object' }] }
  }
  const given = value as Readonly<Record<string, unknown>>
  for (const key of Object.keys(given).slice(0, 50)) if (!KEYS.has(key)) tell(key.slice(0, 60), 'is not known here')
  const text = (key: string, most: number) => {
    const said = own(given, key)
    if (isLine(said, most)) return said
    tell(key, `must be one line of plain text of at most ${most} characters`)
    return ''
  }
  const id = own(given, 'id')
  if (typeof id !== 'string' || !ID.test(id)) tell('id', 'must be 1 to 64 lower-case letters, digits, dots and hyphens')
  const from = dayOf(own(given, 'from'))
  if (from === null) tell('from', 'must be a date such as 2026-11-21')
  const due = dueOf(own(given, 'due'))
  if (due === null) tell('due', `must be {"days": 0 to ${MOST_DAYS}}, {"on": a date} or "standing"`)
  const [what, who, source] = [text('what', 1_000), text('who', 200), text('source', 500)]
  const lists = { with: lines(own(given, 'with')), unknown: lines(own(given, 'unknown')) }
  for (const key of ['with', 'unknown'] as const)
    if (lists[key] === null) tell(key, `must be a list of at most ${MOST_LIST} lines of plain text`)
  if (problems.length > 0 || from === null || due === null) return { ok: false, problems }
  const instrument = { id: 'own', name: 'Own duties', source, from }
  const rest = { with: lists.with ?? [], mark: 'C' as const, caveat: null, known: [], unknown: lists.unknown ?? [] }
  return { ok: true, duty: { id: `own/${String(id)}`, instrument, section: String(id), what, who, due, ...rest } }
}

function own(value: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined
}

function dayOf(text: unknown): Instant | null {
  return typeof text === 'string' && DAY_TEXT.test(text) ? parseInstant(`${text}T00:00:00Z`) : null
}

function dueOf(value: unknown): DueRule | null {
  if (value === 'standing') return { kind: 'standing' }
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return null
  const { days, on } = value as { readonly days?: unknown; readonly on?: unknown }
  if (typeof days === 'number' && Number.isInteger(days) && days >= 0 && days <= MOST_DAYS) return { kind: 'days', days }
  const day = dayOf(on)
  return day === null ? null : { kind: 'on', day }
}

// Missing is an empty list.
function lines(value: unknown): readonly string[] | null {
  if (value === undefined) return []
  if (!Array.isArray(value) || value.length > MOST_LIST) return null
  return value.every((one) => isLine(one, 300)) ? (value as readonly string[]) : null
}
