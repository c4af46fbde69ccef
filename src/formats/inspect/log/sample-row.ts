import type { Member } from '../zip/directory.ts'
import type { ScoreEdit, ScoreValue } from './score-value.ts'

/** One sample of a log in one epoch, without its transcript. All text is hostile and has its keys overwritten. */
export interface SampleRow {
  /** As the log has it: a number or a string; `1` and `"1"` are one sample. */
  readonly id: string | number
  readonly epoch: number
  readonly scores: readonly SampleScore[]
  /** What broke it off, shortened. */
  readonly error: string | null
  readonly limit: SampleLimit | null
  readonly invalidated: Provenance | null
  /** Input and output tokens of all models; null when not stated. */
  readonly tokens: number | null
  /** Seconds. */
  readonly totalTime: number | null
  readonly workingTime: number | null
  readonly startedAt: string | null
  readonly completedAt: string | null
  /** Attempts at it that ended in an error before this one. */
  readonly retries: number
  /** Why the model's last answer stopped; `content_filter` is a refusal. */
  readonly stopReason: string | null
  /** The short and plain ones of its metadata. */
  readonly metadata: Readonly<Record<string, string | number | boolean>>
  readonly messages: number
  /** Events by kind. */
  readonly events: Readonly<Record<string, number>>
  /** Where its transcript is; null when the log has none of it. */
  readonly place: SamplePlace | null
}

export interface SampleScore {
  readonly scorer: string
  readonly value: ScoreValue
  readonly history: readonly ScoreEdit[]
}

export interface SampleLimit {
  readonly type: string
  readonly limit: number | null
}

export interface Provenance {
  readonly author: string | null
  readonly reason: string | null
  readonly at: string | null
}

export type SamplePlace =
  | { readonly form: 'member'; readonly member: Member }
  /** Members of a chunked sample, by their name without the sample's folder. */
  | { readonly form: 'chunked'; readonly members: ReadonlyMap<string, Member> }
  /** Bytes of the log itself. */
  | { readonly form: 'range'; readonly at: number; readonly length: number }

/** One name for a sample in one epoch, equal in every form of log. */
export function sampleName(id: string | number, epoch: number): string {
  return `${id} epoch ${epoch}`
}
