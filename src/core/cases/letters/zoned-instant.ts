import { formatInstant } from '../../kernel/instant.ts'
import type { ZonedInstant } from './letter-facts.ts'

/** `2026-11-21 18:00 Europe/Berlin (2026-11-21T17:00:00Z)`; a zone that is not known leaves UTC alone. */
export function sayInstant({ at, zone }: ZonedInstant): string {
  const utc = formatInstant(at).replace(/\.\d+Z$/, 'Z')
  const local = zone === 'UTC' ? null : inZone(at, zone)
  return local === null ? `${utc.slice(0, 10)} ${utc.slice(11, 16)} UTC (${utc})` : `${local} ${zone} (${utc})`
}

function inZone(at: number, timeZone: string): string | null {
  if (!/^[A-Za-z]{1,20}(?:[/_+-][A-Za-z0-9]{1,20}){0,4}$/.test(timeZone)) return null
  try {
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short', calendar: 'gregory' })
    return format.format(at)
  } catch {
    return null
  }
}
