import type { ImportFinding } from './import-finding.ts'
import type { LogHeader } from './log/header.ts'
import type { SampleRow } from './log/sample-row.ts'
import type { MetricCheck, RecomputedScore } from './metrics/recompute.ts'

/** A log as it was read: its header, a row a sample, what was recomputed and what there is to say. Transcripts stay in the file. */
export interface InspectLog {
  readonly form: 'eval' | 'json'
  /** False where an interrupted run never wrote one; then it is made of the journal. */
  readonly headerPresent: boolean
  readonly header: LogHeader
  readonly samples: readonly SampleRow[]
  /** Only a log that says `success` and was read to its end. */
  readonly isFinished: boolean
  readonly recomputed: readonly RecomputedScore[]
  readonly checks: readonly MetricCheck[]
  readonly keys: readonly KeyFound[]
  readonly findings: readonly ImportFinding[]
}

/** A kind of key found at one place; the key itself is kept nowhere. */
export interface KeyFound {
  readonly kind: string
  /** The archive's member; empty for a log of one piece. */
  readonly where: string
  readonly count: number
  /** Byte of the unpacked text at which the first begins. */
  readonly firstAt: number
}
