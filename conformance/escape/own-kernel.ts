import type { Area, Attempt } from './attempt.ts'

/** What is done by the sandbox process whatever the wall is, and is tried in the other rounds. */
const SAME_FOR_ALL = new Set<Area>(['output', 'results', 'archives'])

/**
 * What succeeds inside gVisor of December 2022 or ends otherwise there, and reaches nothing of the host: it is that kernel's own.
 */
const ITS_OWN = new Set([
  // Devices that it makes itself, without those of the host behind them.
  ...['odd-devices', 'open-fuse', 'open-net/tun'],
  // The terminals are its own too; the programs are refused and then wait for the terminal's other end.
  ...['type-into', 'type-paste'],
  // Priorities that it keeps and does not act on.
  'first-in-line',
  // It lets everybody read these; there is nothing in the agent's, whose descriptors cannot be opened.
  ...['first-environment', 'first-maps', 'first-descriptors'],
  // The agent is another user there, so that the attempt is refused where elsewhere it has no effect.
  'kill-first',
  // It ends with the host's processes that it cannot have, and the run is lost; threads that wait take none of the host's.
  ...['forks', 'threads', 'fork-bomb'],
])

/** Whether an attempt says something about the wall where that is gVisor; those that run alone are left to the self-check's limits. */
export function meansHostOn(one: Attempt): boolean {
  return !one.alone && !SAME_FOR_ALL.has(one.area) && !ITS_OWN.has(one.name)
}
