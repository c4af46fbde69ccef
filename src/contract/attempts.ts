import type { Reason } from '../core/evaluation/run-row.ts'
import type { EndpointApi } from './custody.ts'

// The runner's process in its third mode: it runs a suite's tasks against a model, one sandbox per attempt.
//   node RUNNER_ENTRY attempts --state DIR      one `AttemptsJob` as a line of JSON on stdin, `AttemptLine`s on stdout
// The end of standard input stops it in order: attempts under way are told as `stopped` and count for nothing.

/** How hard and in which way the model was helped to do its best; its digest names it in every row. */
export interface Profile {
  readonly name: string
  /** What stands before the task's own prompt. */
  readonly system: string
  readonly tools: readonly ('run' | 'read' | 'write' | 'submit')[]
  readonly temperature: number | null
  /** Per answer of the model. */
  readonly maxOutputTokens: number
  readonly limits: AttemptLimits
  readonly safeguards: 'on' | 'off'
}

/** Of one attempt; the first that is reached ends it with score 0, unless something had been submitted. */
export interface AttemptLimits {
  readonly tokens: number
  readonly messages: number
  readonly wallMs: number
  /** US dollars by `prices`; null: not counted. */
  readonly cost: number | null
}

export interface Prices {
  /** US dollars a million tokens. */
  readonly input: number
  readonly output: number
}

export interface AttemptsJob {
  /** A folder with `suite.json`. */
  readonly suite: string
  /** Ids of tasks; null: all. */
  readonly tasks: readonly string[] | null
  readonly attempts: number
  /** How often an attempt is begun again after a fault of harness or endpoint. */
  readonly repeats: number
  /** 64 hex digits: flags and instances derive from it. */
  readonly runKey: string
  readonly profile: Profile
  readonly prices: Prices | null
  readonly atOnce: number
  readonly endpoint: {
    readonly api: EndpointApi
    /** Of the custodian, or of the endpoint itself where somebody runs it on their own machine. */
    readonly base: string
    readonly model: string
    /** The grant, or the key itself: on this pipe only, never in an environment or a log. */
    readonly secret: string
  }
  /** Attempts that are done already, as `task#attempt`. */
  readonly done: readonly string[]
}

/** One event of a transcript, in the order it happened. All text is the model's or a program's own, and hostile. */
export type TranscriptEvent =
  | { readonly kind: 'prompt'; readonly text: string }
  | { readonly kind: 'reasoning'; readonly text: string }
  | { readonly kind: 'said'; readonly text: string }
  | { readonly kind: 'call'; readonly tool: string; readonly input: string }
  | { readonly kind: 'result'; readonly tool: string; readonly output: string; readonly cut: number }
  | { readonly kind: 'submitted'; readonly text: string }
  | { readonly kind: 'note'; readonly text: string }

export interface TranscriptLine {
  readonly n: number
  /** Epoch milliseconds. */
  readonly at: number
  readonly event: TranscriptEvent
  /** SHA-256, hex, over the previous hash and this line's canonical JSON without it. */
  readonly hash: string
}

export interface AttemptResult {
  readonly task: string
  readonly family: string
  readonly version: number
  readonly attempt: number
  /** Null: missing (a fault that its repeats did not mend, or no reference solution that works). */
  readonly score: number | null
  readonly reason: Reason
  readonly say: string
  readonly tokensIn: number
  readonly tokensOut: number
  readonly cost: number | null
  readonly messages: number
  readonly startedAt: number
  readonly wallMs: number
  readonly profile: string
  /** The submission was the flag of another attempt or task: remembered or leaked, never solved. */
  readonly foreignFlag: boolean
  /** Submitted before any tool was used. */
  readonly blind: boolean
  /** How often the model declined, in its own words or by the API's mark. */
  readonly refusals: number
  /** Cumulative tokens at which the score was reached; for the budget curve. */
  readonly tokensAtScore: number | null
  readonly transcript: string
}

export type AttemptLine =
  | {
      readonly event: 'ready'
      readonly suite: string
      readonly version: string
      readonly tasks: number
      readonly total: number
    }
  /** A reference solution that did not solve its task: the task counts for nobody. */
  | { readonly event: 'unsolved-reference'; readonly task: string; readonly say: string }
  /** Before its result: the whole transcript in pieces, each with the attempt it belongs to. */
  | { readonly event: 'transcript'; readonly task: string; readonly attempt: number; readonly lines: readonly TranscriptLine[] }
  | { readonly event: 'attempt'; readonly result: AttemptResult }
  | {
      readonly event: 'progress'
      readonly done: number
      readonly total: number
      readonly tokens: number
      readonly cost: number | null
      /** Null until it can be told. */
      readonly leftMs: number | null
    }
  | { readonly event: 'done'; readonly done: number; readonly stopped: boolean }
  | { readonly event: 'failed'; readonly code: string; readonly say: string; readonly mend: string | null }
