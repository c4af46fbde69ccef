import type { CrashFamily } from '../normal/crash-family.ts'
import type { NormalForm } from '../normal-form.ts'

/** What scoring needs of a finding: small, JSON, sealed beside it. Keys are short because there are millions of them. */
export interface Features {
  /** Version of this shape. */
  readonly v: 1
  readonly target: string | null
  readonly path: string | null
  readonly symbol: string | null
  readonly line: number | null
  readonly lineHash: string | null
  readonly tool: string | null
  readonly rule: string | null
  readonly cwes: readonly string[]
  readonly crash: CrashFamily | null
  /** Symbols of at most 5 frames, innermost first. */
  readonly frames: readonly string[]
  readonly aliases: readonly string[]
  readonly title: readonly string[]
  readonly words: readonly string[]
  readonly codes: readonly string[]
  readonly sketch: readonly number[]
}

/** The features of a normal form, at most about 3 KB as JSON for text of usual words. */
export function featuresOf(form: NormalForm): Features {
  return {
    v: 1,
    target: form.target,
    path: form.path,
    symbol: form.symbol,
    line: form.line,
    lineHash: form.lineHash,
    tool: form.tool,
    rule: form.rule,
    cwes: form.weaknesses,
    crash: form.crash,
    frames: form.frames.map((frame) => frame.symbol),
    aliases: form.aliases,
    title: form.titleWords,
    words: form.words,
    codes: form.identifiers,
    sketch: form.sketch,
  }
}
