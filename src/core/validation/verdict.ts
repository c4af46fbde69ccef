import type { Crash, Frame } from '../findings/finding.ts'

// What runs of a reproducer came to. Never a bare boolean.

export const VERDICTS = [
  'confirmed',
  'flaky',
  'not-reproduced',
  'different-bug',
  'harness-only',
  'environment-failure',
  'resource-exhaustion',
  'did-not-build',
] as const
export type Verdict = (typeof VERDICTS)[number]

/** What one run showed. */
export interface Sighting {
  /** It fired, as the oracle says, and not by the wall's doing. */
  readonly fired: boolean
  /** Null where nothing was to be read. */
  readonly crash: Crash | null
  /** As parsed, innermost first. */
  readonly stack: readonly Frame[]
  /** Kind and first project frames: two runs with the same state met the same bug. Empty where it did not fire. */
  readonly state: readonly string[]
  readonly type: string | null
  readonly signal: string | null
  readonly exit: number | null
  /** Wall or resource that ended it, where one did. */
  readonly stopped: 'wall-time' | 'cpu-time' | 'memory' | 'files' | 'closed' | 'lost' | null
  /** States of further reports in the same log; left out where there are none. */
  readonly also?: readonly (readonly string[])[]
  /** SHA-256, hex, of the log with addresses, pids and timings taken out. */
  readonly logDigest: string
}

export interface ReproducerVerdict {
  readonly reproducer: string
  readonly verdict: Verdict
  /** One sentence with the figures: `Fired 5 of 5 times: heap-buffer-overflow in parse_name.` */
  readonly say: string
  readonly fired: number
  readonly of: number
  readonly sightings: readonly Sighting[]
  readonly controls: readonly ControlResult[]
  /** The sighting that stands for all that fired alike; null where none fired. */
  readonly seen: Sighting | null
  /** States of further bugs that the same input met. */
  readonly alsoMet: readonly (readonly string[])[]
  /** For example `CWE-787`, from the crash; null where nothing speaks for one. */
  readonly cwe: string | null
}

export interface ControlResult {
  readonly control: 'empty-input' | 'benign-sample' | 'parent-of-introducing'
  /** Which sample. */
  readonly name: string
  readonly outcome: 'silent' | 'fired' | 'not-run'
  readonly say: string
}
