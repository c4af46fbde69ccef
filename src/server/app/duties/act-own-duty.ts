import type { DutyAct, DutyOut } from '../../../contract/shapes/duty.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { decideTrack } from '../../../core/duties/decide-track.ts'
import { evolveTrack } from '../../../core/duties/evolve-track.ts'
import { parseId } from '../../../core/kernel/id.ts'
import type { Ground } from '../../ground.ts'
import { inTransaction } from '../../store/connection.ts'
import { ownDutyOf, updateOwnDuty } from '../../store/own-duty.ts'
import { type Answer, denied, NOT_FOUND } from '../answer.ts'
import { dutyDenied } from './duty-denied.ts'
import { openOwnDuty, sealOwnDuty } from './own-duty-body.ts'
import { shownOwn } from './own-duty-given.ts'
import { readAct } from './read-act.ts'
import { recordDuty } from './record-duty.ts'

/** Says something of a duty of the caller's organisation; it is sealed with the duty and in no ledger. */
export async function actOwnDuty(
  ground: Ground,
  who: Principal,
  text: string,
  { version, act }: { readonly version: number; readonly act: DutyAct },
): Promise<Answer<Presented<DutyOut>>> {
  const id = parseId('duty', text)
  const { organisation } = who
  if (id === null || organisation === null) return NOT_FOUND
  return await inTransaction(ground.store, { organisation }, async (tx) => {
    const row = await ownDutyOf(tx, organisation, id)
    const own = row === undefined ? null : openOwnDuty(ground, row)
    if (own === null) return NOT_FOUND
    const command = readAct(act)
    if (!command.ok) return command
    const { duty, given, key } = own
    if (own.track.version !== version) return denied('duty.changed')
    const now = ground.clock()
    const decision = decideTrack(duty, own.track, command.value, who.person, now)
    if (!decision.ok) return dutyDenied(decision)
    const track = decision.events.reduce(evolveTrack, own.track)
    const body = sealOwnDuty(ground, key, id, { given, track })
    const after = { ...own.row, version: own.row.version + 1, body }
    await updateOwnDuty(tx, after)
    for (const { type } of decision.events) await recordDuty(tx, 'own-duty', after, type, now, who)
    return shownOwn(who, after, duty, track, now)
  })
}
