import type { RunSetRow } from '../../../contract/shapes/measurement.ts'
import { presentDocket } from '../../../core/access/present/docket.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { loadRunSet, updateRunSet } from '../../store/run-set.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { subjectOf } from '../docket/load-docket.ts'
import { withDocket } from '../docket/with-docket.ts'
import { writeDeed } from '../docket/write-access.ts'
import type { MeasurementDesk } from './measurement-desk.ts'
import { openRunSet } from './run-set-body.ts'
import { runSetOut } from './run-set-out.ts'
import { hasSeat, RUNNERS } from './runner-seats.ts'

/** Asks a run set to stop; attempts under way count for nothing, those that are done stay. Asked twice nothing changes. */
export async function stopRunSet(
  desk: MeasurementDesk,
  who: Principal,
  docket: string,
  run: string,
): Promise<Answer<Presented<RunSetRow>>> {
  return await withDocket(desk, who, { docket, object: 'progress', action: 'write' }, async (tx, seen) => {
    const key = seen.key('R')
    const row = await loadRunSet(tx, seen.docket.id, run.slice(0, 60), true)
    if (!hasSeat(seen.seats, RUNNERS) || row === undefined || key === null) return NOT_FOUND
    const open = row.state === 'waiting' || row.state === 'running'
    if (open && !row.stop_asked) {
      await updateRunSet(tx, seen.docket.id, row.id, { stopAsked: true })
      await writeDeed(tx, seen, 'progress', 'run-set-stopped', row.id)
    }
    const after = (await loadRunSet(tx, seen.docket.id, row.id)) ?? row
    const shown = presentDocket(
      who,
      subjectOf(seen.row, true),
      runSetOut(after, openRunSet(key, seen.docket.id, row.id, after.body), false, true),
    )
    return shown === null ? NOT_FOUND : done(shown)
  })
}
