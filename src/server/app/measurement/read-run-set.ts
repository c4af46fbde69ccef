import type { RunSetView } from '../../../contract/shapes/measurement.ts'
import { presentDocket } from '../../../core/access/present/docket.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { listAttemptRows, loadRunSet } from '../../store/run-set.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { subjectOf } from '../docket/load-docket.ts'
import { withDocket } from '../docket/with-docket.ts'
import type { MeasurementDesk } from './measurement-desk.ts'
import { openRunSet } from './run-set-body.ts'
import { runSetOut } from './run-set-out.ts'
import { hasSeat, RUNNERS } from './runner-seats.ts'
import { attemptOut, brokenTasks, openAttempt } from './stored-attempt.ts'
import { unblind } from './unblind.ts'

/** One run set with its rows, marks and the findings of its import: for readers of R. The first reading unblinds. */
export async function readRunSet(
  desk: MeasurementDesk,
  who: Principal,
  docket: string,
  run: string,
): Promise<Answer<Presented<RunSetView>>> {
  const thing = run.slice(0, 60)
  const answer = await withDocket<Presented<RunSetView>>(desk, who, { docket, object: 'run-set', thing }, async (tx, seen) => {
    const { id } = seen.docket
    const key = seen.key('R')
    const row = await loadRunSet(tx, id, thing)
    if (key === null || row === undefined) return NOT_FOUND
    const body = openRunSet(key, id, row.id, row.body)
    const stored = await listAttemptRows(tx, id, row.id)
    const attempts = new Map(stored.map(({ n, row: sealed }) => [n, openAttempt(key, id, row.id, n, sealed)]))
    const tasks = new Map(body.tasks.map((task) => [task.task, task]))
    const broken = brokenTasks(attempts, body.marks)
    const view: RunSetView = {
      ...runSetOut(row, body, true, hasSeat(seen.seats, RUNNERS)),
      rows: stored.map(({ n, transcript }) => {
        const own = attempts.get(n)!
        return attemptOut(n, own, tasks.get(own.task), body.marks, broken, transcript !== null)
      }),
      findings: [...body.findings, ...body.unsolved],
      model: body.model,
    }
    const shown = presentDocket(who, subjectOf(seen.row, true), view)
    return shown === null ? NOT_FOUND : done(shown)
  })
  if (answer.ok) await unblind(desk, docket)
  return answer
}
