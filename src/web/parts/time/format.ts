const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const DATE = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
})
const SHORT = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })
const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' })
const LOCAL = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' })

/** `14:20` in UTC. */
export const clock = (ms: number): string => CLOCK.format(ms)

/** `Thu 19 Nov 2026`, the day in UTC. */
export const day = (ms: number): string => DATE.format(ms).replace(',', '')

/** `19 Nov, 14:20`, in UTC, for tables. */
export const moment = (ms: number): string => `${SHORT.format(ms)}, ${CLOCK.format(ms)}`

/** `Thu 19 Nov 2026, 14:20 UTC`, in full; with seconds `14:20:07`. */
export const fullInstant = (ms: number, seconds = false): string =>
  `${day(ms)}, ${clock(ms)}${seconds ? `:${String(Math.floor(ms / 1000) % 60).padStart(2, '0')}` : ''} UTC`

/** The reader's own time in brackets: `(15:20 CET)`. */
export const localTime = (ms: number): string => `(${LOCAL.format(ms)})`

/** A length in two units: `11 d 2 h`, `40 min`, under five minutes in seconds. */
export function duration(ms: number): string {
  const left = Math.abs(ms)
  if (left < 5 * MINUTE) return `${Math.floor(left / 1000)} s`
  if (left < HOUR) return `${Math.floor(left / MINUTE)} min`
  if (left < DAY) return two(Math.floor(left / HOUR), 'h', Math.floor((left % HOUR) / MINUTE), 'min')
  return two(Math.floor(left / DAY), 'd', Math.floor((left % DAY) / HOUR), 'h')
}

function two(a: number, unit: string, b: number, small: string): string {
  return b === 0 ? `${a} ${unit}` : `${a} ${unit} ${b} ${small}`
}

/** How long ago in one unit: `just now`, `12 min ago`, `3 h ago`, `2 d ago`. */
export function age(ms: number): string {
  if (ms < MINUTE) return 'just now'
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min ago`
  return ms < 2 * DAY ? `${Math.floor(ms / HOUR)} h ago` : `${Math.floor(ms / DAY)} d ago`
}

/** `1,204` */
export const count = (n: number): string => n.toLocaleString('en-GB')

/** `1.2 kB` */
export function bytes(n: number): string {
  if (n < 1000) return `${n} B`
  if (n < 1e6) return `${(n / 1e3).toFixed(1)} kB`
  return n < 1e9 ? `${(n / 1e6).toFixed(1)} MB` : `${(n / 1e9).toFixed(2)} GB`
}
