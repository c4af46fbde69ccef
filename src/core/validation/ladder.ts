import type { InputDigest } from './proof.ts'

// The rungs a patch is held against, in this order. Facts and measured strength: each rung alone lets bad patches through, a
// silent reproducer most of all.

export const RUNGS = [
  'applies',
  'builds',
  'reproducers-silent',
  'variants-silent',
  'tests',
  'differential',
  'touched-code',
  'refuzz',
] as const
export type Rung = (typeof RUNGS)[number]

export interface RungResult {
  readonly rung: Rung
  /** `not-run`: not asked for, or a lower rung failed; `not-possible`: nothing to run it on (no tests, no samples). */
  readonly outcome: 'passed' | 'failed' | 'not-run' | 'not-possible'
  /** One sentence with the figures. */
  readonly say: string
  /** Things a person should look at, inert text. At most 20. */
  readonly notes: readonly string[]
}

/**
 * `validated`: every rung that can be run passed, and at least the reproducer, variants or tests, and differential rungs ran.
 * `stops-the-reproducer`: nothing failed, but too little could be run to say more. `rejected`: a rung failed.
 */
export type PatchStanding = 'validated' | 'stops-the-reproducer' | 'rejected' | 'undecided'

export interface PatchVerdict {
  readonly patch: string
  readonly digest: InputDigest
  readonly standing: PatchStanding
  /** One sentence that names the rungs that ran and the one that failed. */
  readonly say: string
  readonly rungs: readonly RungResult[]
}
