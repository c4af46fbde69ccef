import type { TierFacts, TierLack } from '../core/sandbox/tier.ts'
import type { Outcome } from '../core/validation/outcome.ts'
import type { Envelope } from '../core/validation/statement.ts'

// The runner's process: it holds the key that signs statements and drives the sandbox process; it never runs hostile code itself.
//   node RUNNER_ENTRY lease --server URL --state DIR [--once]      token in WEIR_RUNNER_TOKEN; lines of JSON below on stdout
//   node RUNNER_ENTRY local --state DIR                            one LocalJob as a line of JSON on stdin, RunnerLines on stdout
// SIGTERM ends it in order; so does the end of standard input in `local`, and in `lease` where that is a pipe.

export const RUNNER_ENTRY = 'src/runner/main.ts'

/** What `weir validate` asks for. Paths are the person's own and are read by the runner. */
export type LocalJob =
  | {
      readonly do: 'validate'
      readonly proofFile: string
      readonly out: string | null
      readonly tasks: readonly string[] | null
      readonly settings: Readonly<Record<string, number | string>>
    }
  | { readonly do: 'replay'; readonly statement: string; readonly proofFile: string; readonly out: string | null }
  | { readonly do: 'tiers' }
  /** Packs a folder as `validate` packs one: the archive is written to `to`, a new file. */
  | { readonly do: 'pack'; readonly folder: string; readonly to: string }

export type RunnerLine =
  | { readonly event: 'tiers'; readonly here: readonly TierFacts[]; readonly lacking: readonly TierLack[] }
  | { readonly event: 'progress'; readonly say: string; readonly done: number; readonly total: number }
  | { readonly event: 'done'; readonly outcome: Outcome; readonly envelope: Envelope; readonly files: readonly string[] }
  /** Replayed: `agrees` on inputs and outcome; `differs` also names another environment, stack or log, each in a sentence. */
  | { readonly event: 'replayed'; readonly agrees: boolean; readonly differs: readonly string[]; readonly outcome: Outcome }
  | { readonly event: 'packed'; readonly digest: string; readonly bytes: number }
  | { readonly event: 'leased'; readonly job: string }
  | { readonly event: 'ended'; readonly job: string; readonly how: 'done' | 'stopped' | 'failed' | 'lost' }
  | { readonly event: 'ready'; readonly key: string }
  /** Code as in `noun.reason`; where a file of the person's is at fault, its place. */
  | {
      readonly event: 'failed'
      readonly code: string
      readonly say: string
      readonly where: string | null
      readonly mend: string | null
    }
