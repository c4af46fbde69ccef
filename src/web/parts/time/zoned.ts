/**
 * The instant at which the wall clock of `zone` shows `local` (`2026-12-04T09:00`), as RFC 3339 in UTC. Null where the zone is not
 * known, and where that wall clock never shows it, for example in the hour that daylight saving skips. Of two, the earlier.
 */
export function instantIn(local: string, zone: string): string | null {
  const wanted = Date.parse(`${local}Z`)
  if (Number.isNaN(wanted)) return null
  const found = [-1, 0, 1]
    .map((days) => offsetAt(wanted + days * 86_400_000, zone))
    .flatMap((offset) => (offset === null ? [] : [wanted - offset]))
    .filter((at) => at + (offsetAt(at, zone) ?? Number.NaN) === wanted)
  return found.length === 0 ? null : new Date(Math.min(...found)).toISOString()
}

/** Milliseconds that the zone's wall clock is ahead of UTC at that instant. */
function offsetAt(at: number, zone: string): number | null {
  try {
    const parts = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    }).formatToParts(at)
    const of = (type: string) => Number(parts.find((part) => part.type === type)?.value)
    return (
      Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - Math.floor(at / 1000) * 1000
    )
  } catch {
    return null
  }
}
