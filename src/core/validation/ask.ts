import type { Crash, Frame } from '../findings/finding.ts'
import type { ExecEnd, TreeFacts } from '../sandbox/contract.ts'
import type { Limits } from '../sandbox/limits.ts'
import type { Network, TierFacts } from '../sandbox/tier.ts'

// Validation is written as generators that ask for runs and are answered: the rules stay pure, and whoever holds a sandbox drives
// them. Every run is a fresh sandbox that is gone afterwards.

export interface RunAsk {
  readonly ask: 'run'
  /** For people and progress: `build base`, `A, run 3 of 5`. */
  readonly purpose: string
  readonly image: string | null
  readonly mounts: readonly { readonly entry: string; readonly at: string }[]
  /** Files laid out before it starts, absolute paths below /work, /in, /out or /tmp. `/in` is a folder in the writable tmpfs. */
  readonly files: readonly { readonly path: string; readonly bytes: Uint8Array; readonly executable?: boolean }[]
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
  readonly stdin: Uint8Array | null
  readonly limits: Limits
  readonly network: Network
  /** Files or folders read back afterwards. */
  readonly get: readonly string[]
  /** Keep that folder under that entry when the program ended with 0. */
  readonly keep: { readonly path: string; readonly entry: string } | null
  /** How far it gets depends on the machine's speed (fuzzing for seconds): its log is no part of the normalised log. */
  readonly byTheClock?: boolean
}

export interface Ran {
  readonly end: ExecEnd
  readonly stdout: Uint8Array
  readonly stderr: Uint8Array
  readonly dropped: boolean
  readonly wallMs: number
  readonly peakBytes: number | null
  readonly tier: TierFacts
  /** What was asked back: path inside → bytes. Plain files only. */
  readonly got: ReadonlyMap<string, Uint8Array>
  readonly kept: TreeFacts | null
}

export type Ask =
  | RunAsk
  /** Answered in the order asked; run side by side as far as the machine allows. */
  | { readonly ask: 'runs'; readonly runs: readonly RunAsk[] }
  /** Is that tree in the depot already (a cached build)? */
  | { readonly ask: 'has'; readonly entry: string }
  /** The bytes of an input of the proof, by digest. */
  | { readonly ask: 'input'; readonly digest: string }
  /** The source tree of the target at a revision (null: the stated one) as a depot entry. */
  | { readonly ask: 'source'; readonly revision: string | null }
  /** Commits of the history, oldest first, of which the target's revision is the last; null where there is none. */
  | { readonly ask: 'history' }
  /** Something made on the way that people may want: a minimised input, a variant that still fires. */
  | { readonly ask: 'product'; readonly name: string; readonly bytes: Uint8Array }
  /** Progress; answered with nothing. `done` of `total` steps as far as known. */
  | { readonly ask: 'tell'; readonly say: string; readonly done: number; readonly total: number }

export type AnswerTo<A extends Ask> = A extends RunAsk
  ? Ran
  : A extends { ask: 'runs' }
    ? readonly Ran[]
    : A extends { ask: 'has' }
      ? TreeFacts | null
      : A extends { ask: 'input' }
        ? Uint8Array
        : A extends { ask: 'source' }
          ? { readonly entry: string; readonly digest: string } | null
          : A extends { ask: 'history' }
            ? readonly string[] | null
            : A extends { ask: 'product' }
              ? { readonly digest: string }
              : null

// A generator cannot type each answer by its question; `ask()` below does, at its one cast.
export type Asking<T> = Generator<Ask, T, unknown>

/** Asks one thing inside a generator: `const ran = yield* ask({ ask: 'run', … })`. */
export function* ask<const A extends Ask>(one: A): Generator<A, AnswerTo<A>, unknown> {
  return (yield one) as AnswerTo<A>
}

/** What a log said, as the crash formats read it; null where it holds no crash. */
export interface ReadCrash {
  readonly crash: Crash
  readonly stack: readonly Frame[]
  readonly message: string | null
}

/** What the rules need from outside and may not import: reading logs, hashing. */
export interface Tools {
  /** All crashes of one log, in its order. */
  readonly readCrashes: (log: string) => readonly ReadCrash[]
  readonly sha256: (bytes: Uint8Array) => Uint8Array
  /** The weakness a crash speaks for, for example `CWE-787`; null where none. */
  readonly weaknessOf: (crash: Crash) => string | null
}
