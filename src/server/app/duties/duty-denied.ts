import type { TrackRefusal } from '../../../core/duties/decide-track.ts'
import type { Refused } from '../../../core/kernel/decision.ts'
import { type Denied, denied } from '../answer.ts'

const MALFORMED: readonly TrackRefusal[] = ['duty.no-evidence', 'duty.no-reason', 'duty.future']

/** A refusal of core/duties as a problem: its sentence, and its code as the place. */
export function dutyDenied({ code, say }: Refused<TrackRefusal>): Denied {
  return denied(MALFORMED.includes(code) ? 'request.invalid' : 'duty.refused', say, code)
}
