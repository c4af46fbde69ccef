// A flood to try the pace on. Its figures are made up to look plausible, not measured: a few projects get most of the findings,
// nearly half have told nobody what they take, some have paused. What is measured is what the rules make of it.
import { type Budget, UNKNOWN_BUDGET, WEEK } from '../src/core/cases/budget/budget.ts'
import type { OffsetAt } from '../src/core/cases/budget/quiet-hours.ts'
import type { Waiting } from '../src/core/cases/budget/waiting-line.ts'
import { DAY, type Instant, instant, MINUTE } from '../src/core/kernel/instant.ts'
import { evaluateTable } from '../src/core/priority/decision-table.ts'
import { staffOf } from '../src/core/priority/staff.ts'
import { SUPPLIER_TABLE } from '../src/core/priority/tables/patching.ts'
import { seeded } from './shapes.ts'

export interface Arrival extends Waiting {
  /** Actively exploited. */
  readonly emergency: boolean
}

export interface FloodProject {
  readonly id: string
  readonly kind: 'unknown' | 'small' | 'steady' | 'generous' | 'paused'
  readonly budget: Budget
  readonly arrivals: readonly Arrival[]
  /** Milliseconds from sending to closing. */
  fixes(arrival: Arrival): number
}

export interface FloodWorld {
  readonly start: Instant
  readonly findings: number
  readonly projects: readonly FloodProject[]
  readonly offsetAt: OffsetAt
}

const FINDINGS = 10_000
const PROJECTS = 300
const ZONES = ['Europe/Berlin', 'America/New_York', 'America/Los_Angeles', 'Asia/Tokyo', 'Asia/Kolkata', 'Australia/Sydney']

/** The same seed makes the same flood. It begins on 1 February, so that 26 weeks see clocks changed. */
export function makeFlood(seed: number): FloodWorld {
  const random = seeded(seed)
  const start = instant(Date.UTC(2027, 1, 1))
  // Sizes fall with the rank, as downloads and code do: the first of 300 gets about a tenth of all.
  const weights = Array.from({ length: PROJECTS }, (_, n) => (n + 1) ** -0.9)
  const arrivals: Arrival[][] = weights.map(() => [])
  const sums = weights.map((_, n) => weights.slice(0, n + 1).reduce((sum, one) => sum + one, 0))
  for (let n = 0; n < FINDINGS; n++) {
    const spot = random() * sums.at(-1)!
    const project = sums.findIndex((sum) => spot < sum)
    arrivals[project]!.push(makeArrival(n, instant(start + Math.floor(random() * WEEK)), random))
  }
  const projects = arrivals.map((own, n) => makeProject(n, own, start, random))
  return { start, findings: FINDINGS, projects, offsetAt: zoneOffsets() }
}

function makeArrival(n: number, since: Instant, random: () => number): Arrival {
  const pick = (...shares: readonly (readonly [string, number])[]) => {
    let left = random()
    for (const [value, share] of shares) {
      left -= share
      if (left < 0) return value
    }
    return shares.at(-1)![0]
  }
  const exploitation = pick(['N', 0.945], ['P', 0.05], ['A', 0.005])
  const judged = evaluateTable(SUPPLIER_TABLE, {
    E: exploitation,
    U: pick(['L', 0.5], ['E', 0.35], ['S', 0.15]),
    TI: pick(['P', 0.65], ['T', 0.35]),
    PSI: pick(['M', 0.9], ['S', 0.1]),
  })
  const priority = judged.ok ? staffOf(judged.outcome) : null
  if (priority === null) throw new Error('the supplier table has no such row')
  return { id: `case-${String(n).padStart(5, '0')}`, priority, since, emergency: exploitation === 'A' }
}

function makeProject(n: number, arrivals: readonly Arrival[], start: Instant, random: () => number): FloodProject {
  const spot = random()
  const large = n < 30
  const kind = large
    ? spot < 0.3
      ? 'generous'
      : spot < 0.75
        ? 'steady'
        : spot < 0.85
          ? 'small'
          : spot < 0.9
            ? 'paused'
            : 'unknown'
    : spot < 0.03
      ? 'generous'
      : spot < 0.15
        ? 'steady'
        : spot < 0.45
          ? 'small'
          : spot < 0.5
            ? 'paused'
            : 'unknown'
  const whole = (least: number, most: number) => least + Math.floor(random() * (most - least + 1))
  const zone = ZONES[whole(0, ZONES.length - 1)]!
  const quiet = random() < 0.6 ? { from: '19:00', to: '08:30', zone } : null
  const stated = (openAtOnce: number, perWeek: number, pausedUntil: Budget['pausedUntil'] = null): Budget => ({
    openAtOnce,
    perWeek,
    quiet,
    pausedUntil,
  })
  const paused = random() < 0.5 ? 'further-notice' : instant(start + whole(2, 16) * WEEK)
  const budgets: Readonly<Record<FloodProject['kind'], Budget>> = {
    unknown: UNKNOWN_BUDGET,
    small: stated(whole(2, 4), whole(1, 2)),
    steady: stated(whole(5, 12), whole(3, 8)),
    generous: stated(whole(20, 60), whole(10, 40)),
    paused: stated(whole(2, 4), whole(1, 2), paused),
  }
  // Log-normal: half of a project's cases are closed within its median, a few take very long.
  const median = 5 * 12 ** random()
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  return {
    id: `project-${String(n).padStart(3, '0')}`,
    kind,
    budget: budgets[kind],
    arrivals,
    fixes: () => Math.ceil(median * Math.exp(normal()) * DAY),
  }
}

/** Offsets of the host's own zones, remembered by the quarter of an hour: no zone changes its clocks within one. */
function zoneOffsets(): OffsetAt {
  const known = new Map<string, number>()
  const formats = new Map(
    ZONES.map((zone) => [zone, new Intl.DateTimeFormat('en-GB', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })]),
  )
  return (zone, at) => {
    const format = formats.get(zone)
    if (format === undefined) return null
    const quarter = Math.floor(at / (15 * MINUTE))
    const key = `${zone} ${quarter}`
    let offset = known.get(key)
    if (offset === undefined) {
      const [day, month, year, hour, minute] = format
        .format(quarter * 15 * MINUTE)
        .split(/\D+/)
        .map(Number)
      offset = (Date.UTC(year!, month! - 1, day!, hour!, minute!) - quarter * 15 * MINUTE) / MINUTE
      known.set(key, offset)
    }
    return offset
  }
}
