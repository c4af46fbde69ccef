import { HOUR } from '../../../core/kernel/instant.ts'
import { type FlawRoad, FUNNEL_STEPS, type FunnelStep, type HeldCount, type StepCount } from './funnel-step.ts'

/** Counts the steps from `in-a-case` on over the roads of flaws; the median is from the last step before whose instant is known. */
export function countSteps(roads: Iterable<FlawRoad>): readonly StepCount[] {
  const flaws = new Map<FunnelStep, number>()
  const times = new Map<FunnelStep, number[]>()
  const held = new Map<FunnelStep, Map<string, number>>()
  for (const { took, held: why } of roads) {
    let before: number | null = null
    let waits = why
    for (const step of FUNNEL_STEPS) {
      const at = took.get(step)
      if (at !== undefined) flaws.set(step, (flaws.get(step) ?? 0) + 1)
      else if (waits !== null && isInCases(step)) {
        // Held once, at the first step that it has not taken.
        const reasons = held.get(step) ?? new Map<string, number>()
        held.set(step, reasons.set(waits, (reasons.get(waits) ?? 0) + 1))
        waits = null
      }
      if (at === undefined || at === null) continue
      if (before !== null && at >= before) push(times, step, at - before)
      before = at
    }
  }
  return FUNNEL_STEPS.filter(isInCases).map((step) => ({
    step,
    flaws: flaws.get(step) ?? 0,
    medianHours: medianHours(times.get(step) ?? []),
    timed: times.get(step)?.length ?? 0,
    held: heldRows(held.get(step)),
  }))
}

function isInCases(step: FunnelStep): boolean {
  return step !== 'found' && step !== 'confirmed'
}

function heldRows(reasons: ReadonlyMap<string, number> = new Map()): readonly HeldCount[] {
  return [...reasons].map(([why, flaws]) => ({ why, flaws })).sort((a, b) => b.flaws - a.flaws || (a.why < b.why ? -1 : 1))
}

/** The median of lengths of time in milliseconds, in hours with one decimal; null of none. */
export function medianHours(lengths: readonly number[]): number | null {
  const sorted = lengths.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle]
  if (upper === undefined) return null
  const median = sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2
  return Math.round((median / HOUR) * 10) / 10
}

function push(times: Map<FunnelStep, number[]>, step: FunnelStep, length: number): void {
  const known = times.get(step)
  if (known === undefined) times.set(step, [length])
  else known.push(length)
}
