import type { MarkAttempt, RunSetView } from '../../../contract/shapes/measurement.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { loadAttemptRow, loadRunSet, updateRunSet } from '../../store/run-set.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { withDocket } from '../docket/with-docket.ts'
import { writeDeed } from '../docket/write-access.ts'
import type { MeasurementDesk } from './measurement-desk.ts'
import { readRunSet } from './read-run-set.ts'
import { openRunSet, sealRunSet } from './run-set-body.ts'
import { ANALYSTS, hasSeat } from './runner-seats.ts'

const MOST_MARKS = 20_000

/** Notes what an analyst says an attempt was. That it was cheated holds once a second one agrees; every word stays on record. */
export async function markAttempt(
  desk: MeasurementDesk,
  who: Principal,
  docket: string,
  run: string,
  { n, mark, why }: MarkAttempt,
): Promise<Answer<Presented<RunSetView>>> {
  const thing = run.slice(0, 60)
  const marked = await withDocket<null>(desk, who, { docket, object: 'run-set', thing, action: 'write' }, async (tx, seen) => {
    const { id } = seen.docket
    const key = seen.key('R')
    if (!hasSeat(seen.seats, ANALYSTS) || key === null) return NOT_FOUND
    const row = await loadRunSet(tx, id, thing, true)
    if (row === undefined || (await loadAttemptRow(tx, id, thing, n)) === undefined) return NOT_FOUND
    if (seen.docket.closing !== null) return denied('docket.closed')
    const body = openRunSet(key, id, thing, row.body)
    if (body.marks.length >= MOST_MARKS) return denied('quota.exceeded', `A run set has at most ${MOST_MARKS} marks.`)
    const marks = [...body.marks, { n, mark, why, person: seen.person, at: seen.now }]
    await updateRunSet(tx, id, thing, { body: sealRunSet(key, id, thing, { ...body, marks }, desk.random) })
    // The word itself is a result: the log, which both sides read, says that there was one.
    await writeDeed(tx, seen, 'run-set', 'attempt-marked', `${thing}/${n}`)
    return done(null)
  })
  return marked.ok ? await readRunSet(desk, who, docket, run) : marked
}
