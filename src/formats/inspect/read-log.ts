import type { Asking, LogSource } from './ask.ts'
import type { ImportFinding } from './import-finding.ts'
import { IMPORT_LIMITS, type ImportLimits } from './import-limits.ts'
import type { InspectLog } from './inspect-log.ts'
import { readEvalLog } from './log/read-eval.ts'
import { readJsonLog } from './log/read-json.ts'
import { Reading } from './log/reading.ts'

export type ReadLog =
  | { readonly ok: true; readonly log: InspectLog }
  | { readonly ok: false; readonly findings: readonly ImportFinding[] }

/**
 * Reads an Inspect log, `.eval` or `.json`, told apart by its first bytes. Hostile input: nothing throws, memory is bounded by
 * `limits` and not by the file, and whatever is wrong is a finding. Keys in the text are overwritten before anything is kept.
 */
export function* readInspectLog(source: LogSource, limits: ImportLimits = IMPORT_LIMITS): Asking<ReadLog> {
  const reading = new Reading(source, limits)
  const head = new Uint8Array(yield { at: 0, length: Math.min(4, source.size) })
  const archive = head[0] === 0x50 && head[1] === 0x4b
  const log = archive ? yield* readEvalLog(reading) : yield* readJsonLog(reading)
  if (log !== null) return { ok: true, log }
  const say = archive
    ? 'The archive has no directory at its end: it is not whole.'
    : 'It is neither an archive nor a JSON document with an evaluation in it.'
  reading.findings.tell(archive ? 'log.truncated' : 'log.not-a-log', '', say)
  return { ok: false, findings: reading.told() }
}
