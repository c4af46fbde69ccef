import type { DutyAct } from '../../../contract/shapes/duty.ts'
import { TRACK_REFUSALS } from '../../../core/duties/decide-track.ts'
import type { TrackCommand } from '../../../core/duties/track.ts'
import { parseInstant } from '../../../core/kernel/instant.ts'
import { type Answer, denied, done } from '../answer.ts'

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** What is said at the door, in the words of core/duties. */
export function readAct(act: DutyAct): Answer<TrackCommand> {
  if (act.do !== 'report-done') return done(act)
  const doneAt = DAY.test(act.doneOn) ? parseInstant(`${act.doneOn}T00:00:00Z`) : null
  if (doneAt === null) return denied('request.invalid', TRACK_REFUSALS['duty.future'], '/act/doneOn')
  return done({ do: 'report-done', doneAt, evidence: act.evidence })
}
