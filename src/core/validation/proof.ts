import type { CrashTool } from '../findings/finding.ts'
import type { Floor } from '../sandbox/tier.ts'
import type { Recipe } from './recipe.ts'

// What is to be proved: a target, its recipe, reproducers and patches, all by digest. The same shape is a `weir-proof.json` on a
// laptop (after its files were read) and a job from a server.

export const PROOF_VERSION = 'weir-proof/1'

/** `sha256:` and 64 hex digits of the bytes. */
export type InputDigest = string

export interface Input {
  readonly digest: InputDigest
  /** Shown to people; never a path that is opened. */
  readonly name: string
  readonly bytes: number
}

export interface Target {
  /** A name to show: a purl, or a name. */
  readonly name: string
  readonly source: /** tar, tar.gz, tar.zst or zip. A single top folder is stripped. */
    | { readonly kind: 'archive'; readonly input: Input }
    /** A git bundle; `revision` is what is built. */
    | { readonly kind: 'git-bundle'; readonly input: Input; readonly revision: string }
    /** A repository in a folder that the runner's operator configured; `mirror` is its name there. */
    | { readonly kind: 'mirror'; readonly mirror: string; readonly revision: string }
  /** Parent of the commit that introduced the flaw, where known: a control that must not fire. Needs history. */
  readonly introducedAfter: string | null
}

/** What a finder says happens. Null fields are not claimed and not compared. */
export interface Claim {
  readonly tool: CrashTool | null
  /** Kind of crash as the sanitizer names it, for example `heap-buffer-overflow`. */
  readonly kind: string | null
  /** A function of the project near the top of the stack. */
  readonly symbol: string | null
  /** A file of the project near the top of the stack, by its end (`src/parse.c`). */
  readonly path: string | null
  readonly cwe: string | null
}

/**
 * How it is told that a run fired. `crash`: a sanitizer report, an uncaught exception or a fatal signal. `exit`: that exit code.
 * `output`: those words on either stream. `file`: that file exists afterwards below /work, /out or /tmp.
 */
export type Oracle =
  | { readonly kind: 'crash' }
  | { readonly kind: 'exit'; readonly code: number }
  | { readonly kind: 'output'; readonly contains: string }
  | { readonly kind: 'file'; readonly path: string }

export interface Reproducer {
  /** Short, unique in the proof: `A`, `B`, or an id of the server. */
  readonly id: string
  readonly harness: string
  readonly input: /** One file given to the harness. */
    | { readonly kind: 'file'; readonly input: Input }
    /** Raw bytes sent over one connection each, in order; a later one starts when the earlier answered or closed. */
    | { readonly kind: 'exchange'; readonly requests: readonly Input[]; readonly waitMs: number }
  /** More files laid beside it in /in under their names. */
  readonly files: readonly Input[]
  readonly oracle: Oracle
  readonly claim: Claim
}

export interface Patch {
  readonly id: string
  /** A unified diff or git patch; paths inside the source tree. */
  readonly input: Input
  /** Reproducers of the flaw it is for. */
  readonly fixes: readonly string[]
}

export const TASKS = ['reproduce', 'patch', 'matrix', 'minimise', 'range'] as const
export type Task = (typeof TASKS)[number]

export interface Proof {
  readonly version: typeof PROOF_VERSION
  readonly target: Target
  readonly recipe: Recipe
  readonly reproducers: readonly Reproducer[]
  /** Inputs that must not fire, beside the recipe's own samples: the same shapes as a reproducer's input. */
  readonly benign: readonly { readonly harness: string; readonly input: Reproducer['input'] }[]
  readonly patches: readonly Patch[]
  readonly tasks: readonly Task[]
  readonly settings: ProofSettings
}

export interface ProofSettings {
  /** Runs of each reproducer: 3 to 20. */
  readonly runs: number
  readonly floor: Floor
  /** Mutations tried for variants of one reproducer. */
  readonly variants: number
  /** Seconds of fuzzing around a fix, in all; 0: that rung is not run. */
  readonly refuzzSeconds: number
  /** Runs at most when shrinking one input. */
  readonly minimiseRuns: number
  /** Builds at most when bisecting. */
  readonly rangeBuilds: number
  /** Seed of everything random in it, so that the same proof asks for the same runs. */
  readonly seed: number
}

export const SETTINGS: ProofSettings = {
  runs: 5,
  floor: 'namespace-user',
  variants: 200,
  refuzzSeconds: 20,
  minimiseRuns: 300,
  rangeBuilds: 24,
  seed: 1,
}
