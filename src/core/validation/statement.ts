import type { Limits } from '../sandbox/limits.ts'
import type { Network, TierFacts } from '../sandbox/tier.ts'
import type { PatchVerdict } from './ladder.ts'
import type { Matrix } from './matrix.ts'
import type { BuildOutcome, MinimiseOutcome, RangeOutcome } from './outcome.ts'
import type { ReproducerVerdict } from './verdict.ts'

// An in-toto statement (in-toto Attestation Framework v1) about what was run. Signed in a DSSE envelope by the runner's key.

export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1'
export const PREDICATE_TYPE = 'urn:weir:validation:1'
export const PAYLOAD_TYPE = 'application/vnd.in-toto+json'

export interface Subject {
  readonly name: string
  readonly digest: { readonly sha256: string }
}

export interface ValidationStatement {
  readonly _type: typeof STATEMENT_TYPE
  /** Source, recipe, reproducers, patches, images: what the outcome is about, by digest, in the order of the proof. */
  readonly subject: readonly Subject[]
  readonly predicateType: typeof PREDICATE_TYPE
  readonly predicate: {
    /** Everything below is a function of the inputs and the environment: equal whenever it is run again. */
    readonly asked: { readonly proof: string; readonly tasks: readonly string[]; readonly settings: object }
    readonly environment: {
      readonly tier: TierFacts
      readonly architecture: string
      /** Digest over the versions of the tools that took part (compiler, libc, interpreter), and their words. */
      readonly toolchain: { readonly digest: string; readonly says: readonly string[] }
      readonly addressRandomisation: 'off' | 'on'
    }
    readonly limits: { readonly build: Limits; readonly run: Limits; readonly network: Network }
    readonly outcome: {
      readonly builds: readonly Omit<BuildOutcome, 'wallMs' | 'fromCache'>[]
      readonly reproducers: readonly ReproducerVerdict[]
      readonly patches: readonly PatchVerdict[]
      readonly matrix: Matrix | null
      readonly minimised: readonly MinimiseOutcome[]
      readonly ranges: readonly RangeOutcome[]
    }
    /** SHA-256, hex, over the normalised logs of all runs in their order. */
    readonly normalisedLog: string
    /** What may differ from run to run, and nothing else: instants, wall times, the raw log. */
    readonly varying: {
      readonly startedAt: string
      readonly endedAt: string
      readonly wallMs: number
      readonly rawLog: string
      readonly runner: string
    }
  }
}

/** DSSE v1. */
export interface Envelope {
  readonly payloadType: typeof PAYLOAD_TYPE
  /** Base64. */
  readonly payload: string
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[]
}
