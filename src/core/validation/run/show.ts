import { toHex } from '../../kernel/digest.ts'
import type { Ran, RunAsk, Tools } from '../ask.ts'
import type { Aim } from '../crash/sight.ts'
import { sight } from '../crash/sight.ts'
import type { Sighting } from '../verdict.ts'
import type { DriveResult } from './drive.ts'
import { inertLine, textOf } from './inert.ts'
import { normalAnswer } from './normal-log.ts'

/** A run with its answer. */
export interface Shown {
  readonly sighting: Sighting
  /** Null: it began. Else why the harness never came to see the input, in words. */
  readonly notBegun: string | null
  readonly answer: string
  readonly answerSay: string
}

const ANSWER_BYTES = 1 << 20
const EXCERPT = 160

/** What a run without the driver showed. */
export function showRan(ran: Ran, asked: RunAsk, aim: Aim, tools: Tools): Shown {
  const look = aim.oracle.kind === 'file' ? aim.oracle.path : null
  const sighting = sight(
    { end: ran.end, stdout: ran.stdout, stderr: ran.stderr, fileThere: look !== null && isThere(ran, look), server: null },
    aim,
    tools,
  )
  const lost = ran.end.how === 'lost' || ran.end.how === 'closed'
  const missing = ran.end.how === 'ended' && (ran.end.exit === 127 || ran.end.exit === 126)
  const notBegun = lost
    ? 'The sandbox ended before the harness did.'
    : missing && !sighting.fired
      ? `The harness could not be started: ${inertLine(asked.argv[0] ?? '', 120)}.`
      : null
  return { sighting, notBegun, ...answerOf(textOf(ran.stdout, ANSWER_BYTES), sighting, tools) }
}

function isThere(ran: Ran, path: string): boolean {
  if (ran.got.has(path)) return true
  const folder = path.endsWith('/') ? path : `${path}/`
  for (const one of ran.got.keys()) if (one.startsWith(folder)) return true
  return false
}

/** What one item of a driven run showed. */
export function showDriven(result: DriveResult, isServer: boolean, aim: Aim, tools: Tools): Shown {
  const ended = result.how === 'ended' || result.how === 'not-ready' || result.how === 'not-started'
  const end =
    result.how === 'wall-time' || result.how === 'not-begun'
      ? ({ how: 'wall-time' } as const)
      : result.signal !== null
        ? ({ how: 'ended', exit: null, signal: result.signal } as const)
        : ({ how: 'ended', exit: result.exit ?? 0, signal: null } as const)
  const answers = joined(result.answers)
  const stdout = isServer ? joined([result.stdout, answers]) : result.stdout
  const server = isServer ? { asked: !result.died, logs: result.logs } : null
  const seen = { end, stdout, stderr: result.stderr, fileThere: result.found, server }
  const sighting = sight(seen, aim, tools)
  const text = textOf(isServer ? answers : result.stdout, ANSWER_BYTES)
  return { sighting, notBegun: ended ? notBegunOf(result) : null, ...answerOf(text, sighting, tools) }
}

function notBegunOf(result: DriveResult): string | null {
  const said = inertLine(textOf(result.stderr, 4096), 200)
  const because = said === '' ? '' : ` It said: ${said}`
  if (result.how === 'not-ready') return `The server accepted no connection in time.${because}`
  if (result.how === 'not-started' || result.exit === 127 || result.exit === 126)
    return `The harness could not be started.${because}`
  return null
}

function answerOf(text: string, sighting: Sighting, tools: Tools): { answer: string; answerSay: string } {
  const how = sighting.stopped ?? sighting.signal ?? `exit ${sighting.exit}`
  const normal = normalAnswer(text)
  const answer = toHex(tools.sha256(new TextEncoder().encode(`${how}\n${normal}`)))
  const excerpt = inertLine(normal.slice(0, 4 * EXCERPT), EXCERPT)
  return { answer, answerSay: excerpt === '' ? how : `${how}: ${excerpt}` }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

/** A driven run of which the driver could not report: it was ended with all it drove, or was tampered with. */
export function lostRun(ran: Ran, aim: Aim, tools: Tools): Shown {
  const end = ran.end.how === 'ended' ? ({ how: 'lost' } as const) : ran.end
  const seen = { end, stdout: new Uint8Array(), stderr: new Uint8Array(), fileThere: false, server: null }
  const sighting = sight(seen, aim, tools)
  const gone = end.how === 'lost' || end.how === 'closed'
  const said = inertLine(textOf(ran.stderr, 4096), 200)
  const notBegun = gone ? `The driver gave no report.${said === '' ? '' : ` It said: ${said}`}` : null
  return { sighting, notBegun, ...answerOf('', sighting, tools) }
}
