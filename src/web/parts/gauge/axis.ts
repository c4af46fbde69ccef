const DAY = 86_400_000

export interface Axis {
  readonly from: number
  readonly to: number
  /** Position of an instant on a length of `width`; not clamped. */
  readonly x: (at: number) => number
  /** Midnights in UTC. Each carries a label where there is room, or every other one, or Mondays. */
  readonly days: readonly { readonly at: number; readonly label: string | null }[]
  /** Saturdays and Sundays in UTC, as [from, to]. */
  readonly weekends: readonly (readonly [number, number])[]
}

/** Units that a label needs. */
const LABEL_ROOM = 90
const LABEL = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' })

/** The axis of a gauge from one instant to another, a day or more apart, on `width` units. At most 400 days are drawn one by one. */
export function axisOf(from: number, to: number, width: number): Axis {
  const end = Math.max(to, from + DAY)
  const x = (at: number) => ((at - from) / (end - from)) * width
  const days: { at: number; label: string | null }[] = []
  const weekends: [number, number][] = []
  const first = Math.ceil(from / DAY) * DAY
  const many = (end - first) / DAY
  const room = width / Math.max(1, many)
  const every = room >= LABEL_ROOM ? 1 : 2 * room >= LABEL_ROOM ? 2 : null
  for (let at = first, n = 0; at <= end && n < 400; at += DAY, n++) {
    const weekday = new Date(at).getUTCDay()
    // Where Mondays have no room either: every second, third … Monday.
    const step = Math.max(1, Math.ceil(((many / 7) * LABEL_ROOM) / width))
    const named = every === null ? weekday === 1 && Math.floor(at / DAY / 7) % step === 0 : (at / DAY) % every === 0
    days.push({ at, label: named ? LABEL.format(at).replace(',', '') : null })
    if (weekday === 6) weekends.push([at, Math.min(end, at + 2 * DAY)])
    else if (weekday === 0 && at === first) weekends.push([from, Math.min(end, at + DAY)])
  }
  return { from, to: end, x, days, weekends }
}
