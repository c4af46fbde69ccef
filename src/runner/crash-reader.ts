import { createHash } from 'node:crypto'
import type { ReadCrash, Tools } from '../core/validation/ask.ts'
import { parseCrashText } from '../formats/crash/crash-text.ts'
import { weaknessesOfCrash } from '../formats/crash/crash-weakness.ts'
import { linesOf } from '../formats/crash/log-line.ts'
import { ReportSplit } from '../formats/crash/report-split.ts'

const MOST_LINES = 100_000
const MOST_CRASHES = 16

/** What the pure rules of validation need: the readers of crash logs, and SHA-256. */
export const TOOLS: Tools = {
  readCrashes,
  sha256: (bytes) => createHash('sha256').update(bytes).digest(),
  weaknessOf: (crash) => weaknessesOfCrash(crash)[0] ?? null,
}

/** All crashes of a log, in its order, at most 16. Hostile: any text. */
function readCrashes(log: string): readonly ReadCrash[] {
  const lines = linesOf(log, MOST_LINES)
  const split = new ReportSplit()
  const starts: number[] = []
  for (let n = 0; n < lines.length; n++) if (split.begins(lines[n]!, lines[n + 1] ?? '')) starts.push(n)
  return starts.slice(0, MOST_CRASHES).flatMap((start, n) => {
    // What stands before the first report (a libFuzzer banner) belongs to it.
    const from = n === 0 ? 0 : start
    const read = parseCrashText(lines.slice(from, starts[n + 1] ?? lines.length).join('\n'))
    return read === null ? [] : [{ crash: read.crash, stack: read.stack, message: read.message }]
  })
}
