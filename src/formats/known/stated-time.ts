import { type Instant, instant, parseInstant } from '../../core/kernel/instant.ts'
import { type JsonObject, textIn } from '../json/loose.ts'
import type { NoteBook } from './known-item.ts'

/** Years before this are nobody's: Go's database writes year 1 where it has no time. */
const EARLIEST = Date.UTC(1980, 0, 1)

const ZONE = /\s*(z|[+-]\d{2}:?\d{2})$/i

/** A time as databases write them: RFC 3339, also without a zone or as a day, which then count as UTC; null where it is none. */
export function statedTime(text: string): Instant | null {
  const plain = text.slice(0, 60).trim()
  const zone = ZONE.exec(plain)?.[1]
  const local = zone === undefined || /^\d{4}-\d{2}-\d{2}$/.test(plain) ? plain : plain.replace(ZONE, '')
  const offset = local === plain || zone === undefined ? 'Z' : zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')
  const at = parseInstant(`${local}${/^\d{4}-\d{2}-\d{2}$/.test(local) ? 'T00:00:00' : ''}${offset}`)
  return at === null || at < EARLIEST ? null : instant(at)
}

/** The time in a field; a text that is no time is noted, and the record stands. */
export function timeIn(object: JsonObject, name: string, notes: NoteBook): Instant | null {
  const text = textIn(object, name)
  if (text === null || text.startsWith('0001-01-01')) return null
  const at = statedTime(text)
  if (at === null) notes.add('bad-time', `${name} ${text}`)
  return at
}
