import { DAY, type Instant, instant } from '../kernel/instant.ts'

/** One look at a target that has ended: a claim's, which is secret, or a certificate's, which is public. */
export interface Look {
  readonly name: string
  readonly organisation: string
  /** When it ended. */
  readonly at: Instant
  /** Family of weaknesses it was about; null: all. */
  readonly family: string | null
  readonly public: boolean
}

/** How well a target is covered, as finders may know it. */
export interface Covered {
  readonly name: string
  /** Begin of the week of the last look; null: none that may be told. */
  readonly lastWeek: Instant | null
  /** How many organisations, as a span; null: fewer than three, or none. */
  readonly organisations: '3-4' | '5-9' | '10+' | null
  /** Families that looks were about, of certificates or where enough organisations looked; `all` where a look was about all. */
  readonly classes: readonly string[]
}

/** Fewer organisations than this are not told: with two, either would know the other. */
export const CELL = 3
const WEEK = 7 * DAY

/**
 * The map of coverage at `now`. Secret looks count in steps of a week after they ended and only where at least three organisations
 * looked so, so that no two answers tell what one claim changed; a target that only they would put on the map stays off it before.
 */
export function coverageMap(looks: Iterable<Look>, asked: Iterable<string>, now: Instant): readonly Covered[] {
  const week = weekOf(now)
  const targets = new Map<string, { looks: Look[]; asked: boolean }>()
  const entry = (name: string) => {
    const known = targets.get(name) ?? { looks: [], asked: false }
    targets.set(name, known)
    return known
  }
  for (const name of asked) entry(name).asked = true
  for (const look of looks) if (look.public || look.at < week) entry(look.name).looks.push(look)
  const rows: Covered[] = []
  for (const [name, { looks: all, asked: stated }] of targets) {
    // Secret looks by themselves fill a cell: counted together with public ones, one would be told by subtraction.
    const told = organisationsIn(all.filter((look) => !look.public)) >= CELL ? all : all.filter((look) => look.public)
    if (told.length === 0 && !stated) continue
    const last = told.reduce((newest, { at }) => Math.max(newest, at), Number.NEGATIVE_INFINITY)
    const classes = [...new Set(told.map(({ family }) => family ?? 'all'))].sort()
    const lastWeek = told.length === 0 ? null : weekOf(instant(last))
    rows.push({ name, lastWeek, organisations: span(organisationsIn(told)), classes })
  }
  return rows.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Monday 00:00 UTC of the week an instant lies in. */
export function weekOf(at: Instant): Instant {
  // The epoch was a Thursday, three days into its week.
  return instant(Math.floor((at + 3 * DAY) / WEEK) * WEEK - 3 * DAY)
}

function organisationsIn(looks: readonly Look[]): number {
  return new Set(looks.map(({ organisation }) => organisation)).size
}

function span(count: number): Covered['organisations'] {
  if (count < CELL) return null
  return count < 5 ? '3-4' : count < 10 ? '5-9' : '10+'
}
