import { groupSome } from '../../app/clustering/group-some.ts'
import type { IntakeMacs } from '../../app/findings/macs.ts'
import type { Ground } from '../../ground.ts'
import { findingsGrouped } from '../../http/metrics.ts'
import type { Hub } from '../../notify/hub.ts'
import type { IntakeBoard } from '../../notify/intake-progress.ts'

const AT_ONCE = 500

/** Groups until nothing waits. Any job does the work of all: those after it find nothing left to do. */
export function clusterWorker(
  ground: Ground,
  macs: IntakeMacs,
  board: IntakeBoard,
  hub: Hub,
  onError: (error: unknown) => void,
): (body: unknown, signal: AbortSignal) => Promise<void> {
  return async (_body, signal) => {
    while (!signal.aborted) {
      const { grouped, reports } = await groupSome(ground, macs, AT_ONCE).catch((error: unknown) => {
        onError(error)
        throw error
      })
      if (grouped === 0) return
      findingsGrouped.inc(grouped)
      for (const report of reports) board.grouped(report.id, report.organisation_id, report.clustered, report.total)
      hub.publish({ name: 'flaw', organisation: null, body: { changed: grouped } })
    }
  }
}
