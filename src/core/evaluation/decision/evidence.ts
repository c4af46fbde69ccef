import type { Cell } from '../multiverse/cells.ts'
import type { HorizonResult, Treatment } from '../result.ts'

/** What a plan is judged by: everything measured, nothing of the criteria. */
export interface Evidence {
  readonly suite: { readonly name: string; readonly version: string } | null
  readonly elicitation: readonly string[]
  readonly horizon: HorizonResult
  readonly byTreatment: Readonly<Record<Treatment, HorizonResult>>
  readonly cells: readonly Cell[]
  /** Ability with the half width of its interval, and the digest of the items it was put on; null: not computed. */
  readonly ability: { readonly theta: number; readonly half: number; readonly reference: string } | null
  /** Full completions and attempts, by task. */
  readonly completions: ReadonlyMap<string, { readonly k: number; readonly n: number }>
  readonly missingShare: number
  /** Simulated coverage of the interval at this design; null where it was not asked for (12 or more families). */
  readonly coverage: number | null
}

/** Coverage below which a report says neither met nor not met. */
export const LEAST_COVERAGE = 0.93
/** From so many families on the interval's coverage is taken from the published simulation, not from one of its own. */
export const ENOUGH_FAMILIES = 12
