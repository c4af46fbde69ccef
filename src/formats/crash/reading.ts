import type { Crash, CrashTool, Frame } from '../../core/findings/finding.ts'
import { titleOf } from '../title.ts'
import { weaknessesOfCrash } from './crash-weakness.ts'

export interface OtherStack {
  readonly role: 'freed-by' | 'allocated-by' | 'previous-access' | 'other-thread' | 'cause'
  readonly frames: Frame[]
}

/** What a log says about one crash. */
export interface CrashReading {
  readonly crash: Crash
  /** Innermost frame first, runtime frames included. */
  readonly stack: Frame[]
  readonly otherStacks: OtherStack[]
  /** CWE ids that follow from the kind of crash, the most specific first. */
  readonly weaknesses: string[]
  readonly title: string
  /** The log, trimmed to 64 KiB around the report. */
  readonly excerpt: string
  /** Text of a failed check, assertion or panic; null where there is none. */
  readonly message: string | null
}

/** A reader's own part of a reading; `crash-text.ts` adds title, weaknesses and excerpt. */
export interface RawReading {
  readonly crash: Crash
  readonly stack: Frame[]
  readonly otherStacks: OtherStack[]
  readonly message: string | null
}

/**
 * How much a headline says. `signal`: the process died (ABRT, SEGV, deadly signal); `claim`: an assertion, panic or exception
 * with a message; `finding`: a sanitizer names the flaw itself. The highest one in a report gives its kind.
 */
export type Weight = 'signal' | 'claim' | 'finding'

/** One family of crash reports: recognises a report's first line, and reads the report that starts there. */
export interface Family {
  readonly weigh: (line: string, next: string) => Weight | null
  readonly read: (lines: readonly string[], at: number, until: number) => RawReading | null
}

export const OTHER_STACKS = 32

export function crashOf(tool: CrashTool, kind: string, more: Partial<Crash> = {}): Crash {
  return { tool, kind, access: null, size: null, address: null, signal: null, ...more }
}

/** A reading without its excerpt's owner: title from kind and first named frame, weaknesses from the kind. */
export function finishReading(raw: RawReading, excerpt: string, place: string | null): CrashReading {
  const kind = raw.message === null ? raw.crash.kind : `${raw.crash.kind}: ${raw.message}`
  const access =
    raw.crash.access === null ? '' : ` (${raw.crash.access}${raw.crash.size === null ? '' : ` of ${raw.crash.size} bytes`})`
  return {
    ...raw,
    weaknesses: weaknessesOfCrash(raw.crash),
    title: titleOf(`${kind}${access}${place === null ? '' : ` in ${place}`}`, excerpt),
    excerpt,
  }
}
