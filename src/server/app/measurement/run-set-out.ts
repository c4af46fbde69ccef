import type { RunSetRow } from '../../../contract/shapes/measurement.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import type { RunProgress, RunSetRecord } from '../../store/run-set.ts'
import type { RunSetBody } from './run-set-body.ts'

const when = (at: number | null) => (at === null ? null : formatInstant(instant(at)))

const SAYS: Readonly<Record<RunSetRecord['state'], string>> = {
  waiting: 'It waits for its turn.',
  running: 'It runs.',
  done: 'It is done.',
  stopped: 'It was stopped; what was done counts.',
  failed: 'It ended early; what was done counts.',
}

/** A run set as it is listed. `content`: whether the viewer reads R; to others it is counts alone, and no word of a task. */
export function runSetOut(row: RunSetRecord, body: RunSetBody | null, content: boolean, mayStop: boolean): RunSetRow {
  const { tokens, cost, leftMs } = row.progress as RunProgress
  const own = content ? body : null
  const open = row.state === 'waiting' || row.state === 'running'
  return {
    id: row.id,
    state: row.state,
    source: body?.source ?? 'run',
    say: own !== null && own.say !== '' ? own.say : SAYS[row.state],
    suite: own?.suite == null ? null : `${own.suite.name} ${own.suite.version}`,
    profile: own?.profile?.name ?? null,
    attempts: row.attempts,
    finished: row.finished,
    tokens,
    cost,
    leftMs: open ? leftMs : null,
    askedAt: formatInstant(instant(row.asked_at)),
    startedAt: when(row.started_at),
    endedAt: when(row.ended_at),
    mayStop: mayStop && open && !row.stop_asked,
  }
}
