import type { RunSetList } from '../../../contract/shapes/measurement.ts'
import { presentDocket } from '../../../core/access/present/docket.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { mayRead } from '../../../core/docket/reading.ts'
import { listRunSetRows } from '../../store/run-set.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { subjectOf } from '../docket/load-docket.ts'
import { withDocket } from '../docket/with-docket.ts'
import type { MeasurementDesk } from './measurement-desk.ts'
import { openRunSet } from './run-set-body.ts'
import { runSetOut } from './run-set-out.ts'
import { hasSeat, RUNNERS } from './runner-seats.ts'
import { mayStart } from './start-run-set.ts'

/** Run sets of a docket, the newest first: counts to everybody who sees progress, suite and profile to readers of R. */
export async function listRunSets(
  desk: MeasurementDesk,
  who: Principal,
  docket: string,
): Promise<Answer<Presented<RunSetList>>> {
  return await withDocket(desk, who, { docket, object: 'progress' }, async (tx, seen) => {
    const content = mayRead(seen.docket, seen.person, 'run-set', seen.now)
    const runs = hasSeat(seen.seats, RUNNERS)
    const key = seen.key('R')
    if (key === null) return NOT_FOUND
    const rows = (await listRunSetRows(tx, seen.docket.id)).map((row) =>
      runSetOut(row, openRunSet(key, seen.docket.id, row.id, row.body), content, runs),
    )
    const shown = presentDocket(who, subjectOf(seen.row, true), { rows, mayStart: runs && mayStart(seen.docket) === null })
    return shown === null ? NOT_FOUND : done(shown)
  })
}
