import type { Format, Limits, ParsedItem, ReportReader } from '../format.ts'
import { needsOf } from '../needs.ts'
import { findingOfCrash } from './crash-finding.ts'
import { parseCrashText } from './crash-text.ts'
import { LineFeed, type LogLine } from './line-feed.ts'
import { LINE_MAX } from './log-line.ts'
import { ReportBuffer } from './report-buffer.ts'
import { ReportSplit } from './report-split.ts'

// Hostile input: any bytes. Limits: Limits.itemBytes kept of one crash and of one line (what follows is dropped and said so),
// 16 KiB of what stands before the first crash. Logs need not be UTF-8: what is not is read as U+FFFD, the raw bytes stay.

/** Crash logs of sanitizers, fuzzers and language runtimes: one item per crash, however many a log holds. */
export const CRASH_LOG: Format = { name: 'crash-log', reader: (limits) => crashLogReader(limits) }

const LINE_BYTES = 64 * 1024

function crashLogReader(limits: Limits): ReportReader {
  const feed = new LineFeed(Math.min(LINE_BYTES, limits.itemBytes))
  const split = new ReportSplit()
  const buffer = new ReportBuffer(limits.itemBytes)
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let held: { line: LogLine; text: string } | null = null
  let items: ParsedItem[] = []
  let seen = false

  // One line behind, because some crashes are told by the line after their first (`X: message` and `at …`).
  const settle = (next: string): void => {
    if (held === null) return
    if (split.begins(held.text, next)) {
      if (buffer.started) items.push(itemOf(buffer))
      buffer.start(held.line.number)
      seen = true
    }
    buffer.add(held.line.bytes)
  }
  const take = (line: LogLine): void => {
    const text = decoder.decode(line.bytes.subarray(0, LINE_MAX))
    settle(text)
    held = { line: { bytes: line.bytes.slice(), number: line.number }, text }
  }
  const drain = (): ParsedItem[] => {
    const out = items
    items = []
    return out
  }
  return {
    push(chunk) {
      feed.push(chunk, take)
      return drain()
    },
    end() {
      feed.end(take)
      settle('')
      held = null
      if (buffer.started) items.push(itemOf(buffer))
      else if (!seen) items.push(unknown(buffer.take()))
      return drain()
    },
  }
}

function itemOf(buffer: ReportBuffer): ParsedItem {
  const at = `line ${buffer.line}`
  const cut = buffer.isCut
  const raw = buffer.take()
  const reading = parseCrashText(new TextDecoder('utf-8').decode(raw))
  if (reading === null) {
    const mend = 'Send the whole report, from its first line to the end of its stack.'
    return { ok: false, at, refusal: { code: 'item.nothing-claimed', where: at, mend }, raw }
  }
  const read = findingOfCrash(reading)
  const finding = cut ? { ...read, extra: { logCutAtBytes: raw.length } } : read
  return { ok: true, at, finding, raw, key: null, needs: needsOf(finding) }
}

function unknown(raw: Uint8Array): ParsedItem {
  const mend = 'No crash was recognised: send the log with its ERROR, WARNING, panic or Traceback line and the stack below it.'
  return { ok: false, at: 'line 1', refusal: { code: 'report.unknown-format', where: 'line 1', mend }, raw }
}
