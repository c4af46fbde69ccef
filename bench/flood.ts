import { type Sendings, WEEK } from '../src/core/cases/budget/budget.ts'
import { mayGoNow } from '../src/core/cases/budget/may-go.ts'
import { rank } from '../src/core/cases/budget/waiting-line.ts'
import { DAY, HOUR, type Instant, instant } from '../src/core/kernel/instant.ts'
import type { PriorityWord } from '../src/core/priority/staff.ts'
import { type Arrival, type FloodProject, type FloodWorld, makeFlood } from './flood-world.ts'

/** What became of one arrival. */
interface Fate {
  readonly arrival: Arrival
  readonly project: FloodProject
  readonly sentAt: Instant | null
}

const WEEKS = 26
const PRIORITIES: readonly PriorityWord[] = ['immediate', 'out-of-cycle', 'scheduled', 'defer']

/**
 * 10,000 findings in a week against 300 projects, each finding a case of its own, sent for 26 weeks by the rules that send real
 * cases. Throws where a budget was exceeded or an emergency waited. Rows: what reached people, and what waits, by week and priority.
 */
export function* benchFlood(seed = 20_261_121): Generator<object> {
  const begun = performance.now()
  const world = makeFlood(seed)
  const fates = world.projects.flatMap((project) => simulate(world, project))
  yield {
    bench: 'flood',
    findings: world.findings,
    projects: world.projects.length,
    weeks: WEEKS,
    seed,
    sent: fates.filter(({ sentAt }) => sentAt !== null).length,
    waiting: fates.filter(({ sentAt }) => sentAt === null).length,
    emergencies: fates.filter(({ arrival }) => arrival.emergency).length,
    seconds: ((performance.now() - begun) / 1000).toFixed(2),
  }
  for (const week of [1, 4, 13, WEEKS]) yield lengthsAt(world, fates, week)
  for (const priority of PRIORITIES) yield waitsOf(fates, priority)
  for (const kind of ['unknown', 'small', 'steady', 'generous', 'paused']) yield reached(fates, world.projects, kind)
}

/** One project from the first arrival to the end of the 26 weeks: from instant to instant at which something can change. */
function simulate(world: FloodWorld, project: FloodProject): Fate[] {
  const coming = [...project.arrivals].sort((a, b) => a.since - b.since)
  const fates: Fate[] = []
  const sentAt: Instant[] = []
  const openFor: number[] = []
  let line: Arrival[] = []
  let open: { readonly until: Instant; readonly took: number; readonly emergency: boolean }[] = []
  let next = 0
  let now = world.start
  const end = instant(world.start + WEEKS * WEEK)
  const send = (arrival: Arrival) => {
    const took = project.fixes(arrival)
    sentAt.push(now)
    open.push({ until: instant(now + took), took, emergency: arrival.emergency })
    fates.push({ arrival, project, sentAt: now })
  }
  while (now < end) {
    for (const closed of open) if (closed.until <= now) openFor.push(closed.took)
    open = open.filter(({ until }) => until > now)
    for (; next < coming.length && coming[next]!.since <= now; next++) line.push(coming[next]!)
    const sendings: Sendings = { open: open.length, sentAt: sentAt.slice(-1100), openFor }
    let wake: Instant | null = null
    const urgent = line.find(({ emergency }) => emergency)
    const first = urgent ?? rank(line)[0]
    if (first !== undefined) {
      const answer = mayGoNow(project.budget, sendings, now, world.offsetAt, first.emergency)
      if (answer.go) {
        line = line.filter((one) => one !== first)
        send(first)
        if (answer.by === 'budget') check(project, open, sentAt, now)
        continue
      }
      wake = answer.next
    }
    const changes = [wake, coming[next]?.since, ...open.map(({ until }) => until)].filter((at) => at != null && at > now)
    now = changes.length === 0 ? end : instant(Math.min(...(changes as number[])))
  }
  return [...fates, ...line.map((arrival) => ({ arrival, project, sentAt: null }))]
}

/** What a budget lets go never makes more than it says, emergencies counted. */
function check(project: FloodProject, open: readonly unknown[], sentAt: readonly Instant[], now: Instant): void {
  const week = sentAt.filter((at) => at > now - WEEK).length
  if (open.length > project.budget.openAtOnce || week > project.budget.perWeek)
    throw new Error(`${project.id} got more than it takes: ${open.length} open, ${week} in a week`)
}

function lengthsAt(world: FloodWorld, fates: readonly Fate[], week: number): object {
  const at = world.start + week * WEEK
  const lengths = new Map(world.projects.map(({ id }) => [id, 0]))
  for (const { arrival, project, sentAt } of fates)
    if (arrival.since <= at && (sentAt === null || sentAt > at)) lengths.set(project.id, lengths.get(project.id)! + 1)
  const sorted = [...lengths.values()].sort((a, b) => a - b)
  return {
    bench: 'flood-queue',
    week,
    waiting: sorted.reduce((sum, one) => sum + one, 0),
    projectsWithNone: sorted.filter((one) => one === 0).length,
    median: quantile(sorted, 0.5),
    p90: quantile(sorted, 0.9),
    longest: sorted.at(-1),
  }
}

/** Days waited. Quantiles are over all that came, so "over" a time says that it lies beyond what was simulated. */
function waitsOf(fates: readonly Fate[], priority: PriorityWord): object {
  const own = fates.filter(({ arrival }) => arrival.priority === priority)
  const plain = own.filter(({ arrival }) => !arrival.emergency)
  const urgent = own.filter(({ arrival }) => arrival.emergency)
  const longest = Math.max(0, ...urgent.map(({ arrival, sentAt }) => (sentAt ?? Number.POSITIVE_INFINITY) - arrival.since))
  if (longest > 0) throw new Error(`an emergency waited ${longest / HOUR} hours`)
  const waits = plain.map(({ arrival, sentAt }) => (sentAt === null ? Number.POSITIVE_INFINITY : sentAt - arrival.since))
  waits.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const days = (p: number) => {
    const wait = quantile(waits, p)
    return Number.isFinite(wait) ? (wait / DAY).toFixed(1) : `over ${(WEEKS - 1) * 7}`
  }
  return {
    bench: 'flood-wait',
    priority,
    came: plain.length,
    sent: waits.filter(Number.isFinite).length,
    medianDays: plain.length === 0 ? '-' : days(0.5),
    p90Days: plain.length === 0 ? '-' : days(0.9),
    emergencies: urgent.length,
    longestEmergencyWaitHours: urgent.length === 0 ? '-' : longest / HOUR,
  }
}

function reached(fates: readonly Fate[], projects: readonly FloodProject[], kind: string): object {
  const own = projects.filter((project) => project.kind === kind)
  const ids = new Set(own.map(({ id }) => id))
  const perWeek = new Map<string, number>()
  let emergencies = 0
  for (const { arrival, project, sentAt } of fates) {
    if (sentAt === null || !ids.has(project.id)) continue
    if (arrival.emergency) emergencies++
    const key = `${project.id} ${Math.floor(sentAt / WEEK)}`
    perWeek.set(key, (perWeek.get(key) ?? 0) + 1)
  }
  const sent = [...perWeek.values()].reduce((sum, one) => sum + one, 0)
  return {
    bench: 'flood-reached',
    kind,
    projects: own.length,
    came: own.reduce((sum, { arrivals }) => sum + arrivals.length, 0),
    sent,
    ofThemEmergencies: emergencies,
    perProjectAndWeek: (sent / own.length / WEEKS).toFixed(2),
    mostInAWeek: Math.max(0, ...perWeek.values()),
    mostTaken: Math.max(...own.map(({ budget }) => budget.perWeek)),
  }
}

function quantile(sorted: readonly number[], p: number): number {
  return sorted.length === 0 ? 0 : sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))]!
}
