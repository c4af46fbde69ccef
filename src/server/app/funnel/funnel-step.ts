import type { FunnelOut } from '../../../contract/shapes/case.ts'

export type FunnelStep = FunnelOut['steps'][number]['step']

/** The steps of a flaw from found to deployed, in their order. */
export const FUNNEL_STEPS: readonly FunnelStep[] = [
  'found',
  'confirmed',
  'in-a-case',
  'sent',
  'accepted',
  'fixed',
  'public',
  'deployed',
]

/** One flaw of a case: which steps it took, and when as far as that is known (epoch milliseconds). */
export interface FlawRoad {
  readonly took: ReadonlyMap<FunnelStep, number | null>
  /** Why it has not taken the next step, and whose turn it is; null: nothing more is expected of it. */
  readonly held: string | null
}

/** Flaws that stand before a step, by why. */
export interface HeldCount {
  readonly why: string
  readonly flaws: number
}

/** One step as it is counted, before anything is withheld. */
export interface StepCount {
  readonly step: FunnelStep
  readonly flaws: number
  readonly medianHours: number | null
  /** Flaws that the median was taken over. */
  readonly timed: number
  readonly held: readonly HeldCount[]
}

/** Dates of one sort, and how many were not kept. */
export interface MissedCount {
  readonly whose: 'ours' | 'others'
  readonly what: string
  readonly of: number
  readonly missed: number
  /** Of what was late, how late at most. */
  readonly longestHours: number | null
}

/** The whole funnel at one instant, exact. */
export interface FunnelCount {
  readonly at: number
  readonly steps: readonly StepCount[]
  readonly missed: readonly MissedCount[]
}
