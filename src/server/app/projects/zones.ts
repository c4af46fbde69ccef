import { type Instant, MINUTE } from '../../../core/kernel/instant.ts'

/** Minutes east of UTC of an IANA zone at an instant, by the zones of this host; null where the zone is not known. */
export function offsetAt(zone: string, at: Instant): number | null {
  const format = formatOf(zone)
  if (format === null) return null
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const wall = Date.UTC(part['year']!, part['month']! - 1, part['day']!, part['hour']!, part['minute']!)
  return Math.round((wall - Math.floor(at / MINUTE) * MINUTE) / MINUTE)
}

const MOST = 600
const known = new Map<string, Intl.DateTimeFormat | null>()

/** Whether this host knows an IANA zone of that name. */
export function isKnownZone(zone: string): boolean {
  return formatOf(zone) !== null
}

function formatOf(zone: string): Intl.DateTimeFormat | null {
  const found = known.get(zone)
  if (found !== undefined) return found
  // Names come from people: no more are kept than there are zones.
  if (known.size >= MOST) known.clear()
  let format: Intl.DateTimeFormat | null = null
  try {
    const parts = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', ...parts })
  } catch {
    format = null
  }
  known.set(zone, format)
  return format
}
