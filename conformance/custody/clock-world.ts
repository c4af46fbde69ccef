import type { Clocks } from '../../src/custodian/keep/ground.ts'

const SECOND = 1000
const HOUR = 3_600_000
const DAY = 24 * HOUR

/** How the clocks of one simulation may lie: `one`: at every instant either the host's or the database's is not behind. */
export type Lies = 'none' | 'one' | 'both'

/** True time, and the clocks that more or less tell it. */
export class ClockWorld {
  now: number
  hostOff = 0
  databaseOff = 0
  isDatabaseUp = true
  readonly #random: () => number
  readonly #lies: Lies
  #bootedAt: number
  #boots = 1

  constructor(from: number, lies: Lies, random: () => number) {
    this.now = from
    this.#bootedAt = from - 1000 * SECOND
    this.#lies = lies
    this.#random = random
  }

  get clocks(): Clocks {
    return { boot: `boot-${this.#boots}`, read: () => ({ host: this.now + this.hostOff, mono: this.now - this.#bootedAt }) }
  }

  get database(): number {
    return this.now + this.databaseOff
  }

  /** The machine starts anew: its steady clock begins again. */
  reboot(): void {
    this.#boots++
    this.#bootedAt = this.now
  }

  /** Puts one of the clocks, or both, somewhere else. */
  jump(): void {
    if (this.#lies === 'none') return
    if (this.#lies === 'both' && this.#random() < 0.6) this.hostOff = this.databaseOff = this.#offset()
    else if (this.#random() < 0.5) this.hostOff = this.#offset()
    else this.databaseOff = this.#offset()
    if (this.#lies === 'one' && this.hostOff < 0 && this.databaseOff < 0) {
      if (this.#random() < 0.5) this.hostOff = 0
      else this.databaseOff = 0
    }
  }

  // Backward rather than forward: what lies ahead only shuts early, and such a docket shows little.
  #offset(): number {
    const sizes = [0, 0, SECOND, 40 * SECOND, HOUR, DAY, 10 * DAY, 400 * DAY]
    const size = sizes[Math.floor(this.#random() * sizes.length)]! * this.#random()
    return Math.round(this.#random() < 0.85 ? -size : Math.min(size, HOUR))
  }
}

/** The instant of a wall clock's time in a zone; where the zone skips it, the instant after; where it has two, the first. */
export function zoned(zone: string, year: number, month: number, day: number, hour: number): number {
  const wanted = Date.UTC(year, month - 1, day, hour)
  for (let at = wanted - 15 * HOUR; at <= wanted + 15 * HOUR; at += HOUR / 2) if (wallClock(zone, at) >= wanted) return at
  return wanted
}

/** What the zone's wall clock shows at an instant, as if it were UTC. */
function wallClock(zone: string, at: number): number {
  const shown = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at)
  const part = (type: string) => Number(shown.find((one) => one.type === type)?.value)
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'))
}
