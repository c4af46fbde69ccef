import type { TierFacts } from '../sandbox/tier.ts'
import type { PatchVerdict } from './ladder.ts'
import type { Matrix } from './matrix.ts'
import type { ReproducerVerdict } from './verdict.ts'

/** What a build came to. */
export interface BuildOutcome {
  /** `base`, `patch:<id>`, `commit:<sha>`. */
  readonly of: string
  readonly built: boolean
  readonly say: string
  /** Digest of the built tree; null where it did not build. */
  readonly tree: string | null
  readonly fromCache: boolean
  readonly wallMs: number
}

export interface MinimiseOutcome {
  readonly reproducer: string
  readonly before: number
  readonly after: number
  readonly runs: number
  /** Digest of the smaller input, which is among the products; null where nothing smaller fires alike. */
  readonly minimised: string | null
  readonly say: string
}

export interface RangeOutcome {
  readonly reproducer: string
  /** First commit that fires; null where the budget or the history did not reach. */
  readonly introduced: string | null
  /** First commit after it that no longer fires; null where none was seen. */
  readonly fixed: string | null
  /** Commits that could not be built. */
  readonly skipped: number
  readonly builds: number
  readonly say: string
}

/** Everything a proof came to. Evidence: what it means for a case, people decide. */
export interface Outcome {
  readonly tier: TierFacts | null
  readonly builds: readonly BuildOutcome[]
  readonly reproducers: readonly ReproducerVerdict[]
  readonly patches: readonly PatchVerdict[]
  readonly matrix: Matrix | null
  readonly minimised: readonly MinimiseOutcome[]
  readonly ranges: readonly RangeOutcome[]
}
