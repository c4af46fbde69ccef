import type { ActDuty, DutyOut } from '../../../contract/shapes/duty.ts'
import { presentDuties } from '../../../core/access/present/duty.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { decideTrack } from '../../../core/duties/decide-track.ts'
import { viewDuty } from '../../../core/duties/duty-view.ts'
import { evolveTrack, openTrack } from '../../../core/duties/evolve-track.ts'
import { dutyById } from '../../../core/duties/registry.ts'
import type { Track } from '../../../core/duties/track.ts'
import type { Ground } from '../../ground.ts'
import { inTransaction } from '../../store/connection.ts'
import { putTrack, trackOf } from '../../store/duty.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { commitDuty } from './commit-duty.ts'
import { dutyDenied } from './duty-denied.ts'
import { dutyOut } from './duty-out.ts'
import { readAct } from './read-act.ts'
import { recordDuty } from './record-duty.ts'

/** A coordinator, in person or by a token of one, says something of a public duty; the ledger holds each thing that was said. */
export async function actDuty(
  ground: Ground,
  who: Principal,
  { duty: id, version, act }: ActDuty,
): Promise<Answer<Presented<DutyOut>>> {
  const duty = dutyById(id)
  if (duty === null || who.person === null) return NOT_FOUND
  const command = readAct(act)
  if (!command.ok) return command
  return await inTransaction(ground.store, 'none', async (tx) => {
    const now = ground.clock()
    const row = await trackOf(tx, id)
    const track = (row?.track as Track | undefined) ?? openTrack(id)
    if (track.version !== version) return denied('duty.changed')
    const decision = decideTrack(duty, track, command.value, who.person, now)
    if (!decision.ok) return dutyDenied(decision)
    let after = track
    for (const event of decision.events) {
      after = evolveTrack(after, event)
      await putTrack(tx, id, after.version, after, now)
      await commitDuty(ground, tx, after.version, event)
      await recordDuty(tx, 'duty', { id, version: after.version }, event.type, now, who)
    }
    const shown = presentDuties(who, dutyOut(viewDuty(duty, after, now), null))
    return shown === null ? NOT_FOUND : done(shown)
  })
}
