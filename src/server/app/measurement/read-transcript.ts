import { createHash } from 'node:crypto'
import type { TranscriptEvent } from '../../../contract/attempts.ts'
import type { TranscriptOut } from '../../../contract/shapes/measurement.ts'
import { presentDocket } from '../../../core/access/present/docket.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { mayRead } from '../../../core/docket/reading.ts'
import { brokenAt } from '../../../core/evaluation/attempt/transcript-chain.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import { loadAttemptRow, loadRunSet } from '../../store/run-set.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { subjectOf } from '../docket/load-docket.ts'
import { withDocket } from '../docket/with-docket.ts'
import type { MeasurementDesk } from './measurement-desk.ts'
import { openAttempt } from './stored-attempt.ts'
import { openLine, readTranscriptLines } from './transcript-file.ts'
import { unblind } from './unblind.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
/** Of one event, for a page; the whole is in the record. */
const LONGEST = 200_000

/**
 * One attempt word for word, as inert text. Reasoning is shown to those alone who may read both R and D: to the developer, whose it
 * is, it would tell the sealed task, and to an analyst it is not given.
 */
export async function readTranscript(
  desk: MeasurementDesk,
  who: Principal,
  docket: string,
  run: string,
  number: string,
): Promise<Answer<Presented<TranscriptOut>>> {
  const set = run.slice(0, 60)
  const n = /^\d{1,9}$/.test(number) ? Number(number) : -1
  const wanted = { docket, object: 'transcript', thing: `${set}/${n}` } as const
  const answer = await withDocket<Presented<TranscriptOut>>(desk, who, wanted, async (tx, seen) => {
    const { id } = seen.docket
    const [results, developer] = [seen.key('R'), seen.key('D')]
    const row = n < 0 ? undefined : await loadAttemptRow(tx, id, set, n)
    if (results === null || developer === null || row === undefined || (await loadRunSet(tx, id, set)) === undefined)
      return NOT_FOUND
    const { task, attempt } = openAttempt(results, id, set, n, row.row)
    const kept = row.transcript === null ? [] : await readTranscriptLines(desk, results, row.transcript)
    const where = `${task}#${attempt}`
    const whole = kept.map((line) => openLine(line, developer, id, set, where))
    const sees = mayRead(seen.docket, seen.person, 'reasoning', seen.now)
    const lines = whole.flatMap((line) => (line === null || (line.event.kind === 'reasoning' && !sees) ? [] : [line]))
    const known = whole.filter((line) => line !== null)
    const chain =
      row.transcript === null ? 'none' : known.length === kept.length && brokenAt(known, sha256) === null ? 'whole' : 'broken'
    const out: TranscriptOut = {
      n,
      task,
      attempt,
      lines: lines.map(({ n: line, at, event }) => ({
        n: line,
        at: formatInstant(instant(at)),
        kind: event.kind,
        who: whoOf(event),
        text: textOf(event).slice(0, LONGEST).toWellFormed(),
      })),
      withheld: kept.length - lines.length,
      chain,
    }
    const shown = presentDocket(who, subjectOf(seen.row, true), out)
    return shown === null ? NOT_FOUND : done(shown)
  })
  if (answer.ok) await unblind(desk, docket)
  return answer
}

function whoOf(event: TranscriptEvent): string {
  switch (event.kind) {
    case 'prompt':
      return 'task'
    case 'reasoning':
    case 'said':
    case 'submitted':
      return 'model'
    case 'call':
    case 'result':
      return event.tool.slice(0, 60)
    case 'note':
      return 'Weir'
  }
}

function textOf(event: TranscriptEvent): string {
  switch (event.kind) {
    case 'call':
      return event.input
    case 'result':
      return event.cut > 0 ? `${event.output}\n[${event.cut} bytes cut]` : event.output
    default:
      return event.text
  }
}
