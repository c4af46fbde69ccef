import type { Frame } from '../../core/findings/finding.ts'
import { projectFrames } from '../../core/findings/frames/project-frames.ts'
import { type Headline, headlineAt } from './headline.ts'
import { LINE_MAX, linesOf } from './log-line.ts'
import { type CrashReading, finishReading, type RawReading, type Weight } from './reading.ts'

// Hostile input: a log may be anything. Lines are cut at LINE_MAX characters, at most MOST_LINES are read, at most
// MOST_HEADLINES reports are looked into; every pattern is bounded, so the work is linear in the text.

export const EXCERPT_MAX = 64 * 1024
const MOST_LINES = 200_000
const MOST_HEADLINES = 24
const RANK: Readonly<Record<Weight, number>> = { signal: 0, claim: 1, finding: 2 }

/** Reads the crash a log is about; where it holds several, the first of those that say the most. Null where it holds none. Never throws. */
export function parseCrashText(text: string): CrashReading | null {
  const lines = linesOf(text, MOST_LINES)
  const headlines: Headline[] = []
  for (let i = 0; i < lines.length && headlines.length < MOST_HEADLINES; i++) {
    const found = headlineAt(lines[i]!, lines[i + 1] ?? '', i)
    if (found) headlines.push(found)
  }
  const read = headlines.map((headline, i) => ({
    headline,
    raw: headline.family.read(lines, headline.at, untilOf(headlines, i, lines.length)),
  }))
  const known = read.filter((one): one is { headline: Headline; raw: RawReading } => one.raw !== null)
  if (known.length === 0) return null
  let best = known[0]!
  for (const one of known) if (scoreOf(one) > scoreOf(best)) best = one
  const raw = withStack(
    best.raw,
    known.map((one) => one.raw),
  )
  return finishReading(raw, excerptOf(text, lines, best.headline.at), projectFrames(raw.stack)[0]?.symbol ?? null)
}

/** The heavier headline first; between equals, the one whose stack reaches the program itself. */
function scoreOf(one: { headline: Headline; raw: RawReading }): number {
  return 2 * RANK[one.headline.weight] + (one.headline.weight !== 'claim' && projectFrames(one.raw.stack).length > 0 ? 1 : 0)
}

/** Whether the beginning of a file looks like a crash log: some line of it begins a report. */
export function looksLikeCrash(head: string): boolean {
  const lines = linesOf(head.slice(0, 1 << 20), 20_000)
  return lines.some((line, i) => headlineAt(line, lines[i + 1] ?? '', i) !== null)
}

/** A report may reach past weaker headlines inside it (a signal after a panic), but not past an equal one. */
function untilOf(headlines: readonly Headline[], i: number, end: number): number {
  const own = RANK[headlines[i]!.weight]
  for (const later of headlines.slice(i + 1)) {
    if (later.family === headlines[i]!.family || RANK[later.weight] > own) {
      // Chained Python tracebacks and runs of assertions belong to the first.
      if (later.weight === 'claim' && own === 1) continue
      return later.at
    }
  }
  return end
}

/** A failed check prints no stack of its own, or an unnamed one; the signal report after it does. */
function withStack(raw: RawReading, all: readonly RawReading[]): RawReading {
  if (raw.stack.some((frame) => frame.symbol !== null)) return raw
  const from = all.indexOf(raw)
  const donor = [...all.slice(from + 1), ...all.slice(0, Math.max(0, from))].find((one) => one.stack.some(isNamed))
  return donor
    ? { ...raw, stack: donor.stack, otherStacks: raw.otherStacks.length > 0 ? raw.otherStacks : donor.otherStacks }
    : raw
}

function isNamed(frame: Frame): boolean {
  return frame.symbol !== null
}

/** At most 64 KiB of the log: all of it where it fits, else from a few lines before the report. */
function excerptOf(text: string, lines: readonly string[], at: number): string {
  if (text.length <= EXCERPT_MAX / 3) return text
  let out = ''
  for (let i = Math.max(0, at - 20); i < lines.length && out.length < EXCERPT_MAX / 3; i++)
    out += `${lines[i]!.slice(0, LINE_MAX)}\n`
  return out.slice(0, EXCERPT_MAX / 3)
}

export type { CrashReading, OtherStack } from './reading.ts'
