import type { DutyOut } from '../../../contract/shapes/duty.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { TRACK_REFUSALS } from '../../../core/duties/decide-track.ts'
import { parseId } from '../../../core/kernel/id.ts'
import type { Ground } from '../../ground.ts'
import { inTransaction } from '../../store/connection.ts'
import { isNamed, ownDutyOf, updateOwnDuty } from '../../store/own-duty.ts'
import { type Answer, denied, NOT_FOUND } from '../answer.ts'
import { openOwnDuty, sealOwnDuty } from './own-duty-body.ts'
import { nameDigest, readGiven, shownOwn } from './own-duty-given.ts'
import { recordDuty } from './record-duty.ts'

/** Writes a duty anew; what was said of it stays. */
export async function editOwnDuty(
  ground: Ground,
  who: Principal,
  text: string,
  { version, duty: given }: { readonly version: number; readonly duty?: unknown },
): Promise<Answer<Presented<DutyOut>>> {
  const id = parseId('duty', text)
  const { organisation } = who
  if (id === null || organisation === null) return NOT_FOUND
  return await inTransaction(ground.store, { organisation }, async (tx) => {
    const row = await ownDutyOf(tx, organisation, id)
    const own = row === undefined ? null : openOwnDuty(ground, row)
    if (own === null) return NOT_FOUND
    if (own.track.version !== version) return denied('duty.changed')
    const read = readGiven(given)
    if (!read.ok) return read
    const duty = read.value
    if (duty.due.kind === 'standing' && own.track.report !== null)
      return denied('duty.refused', TRACK_REFUSALS['duty.standing'], 'duty.standing')
    if (own.track.report !== null && own.track.report.doneAt < duty.instrument.from)
      return denied('request.invalid', TRACK_REFUSALS['duty.future'], '/duty/from')
    const name_digest = nameDigest(ground, organisation, duty)
    if (await isNamed(tx, organisation, name_digest, id)) return denied('duty.exists')
    const now = ground.clock()
    const track = { ...own.track, duty: duty.id, version: own.track.version + 1 }
    const body = sealOwnDuty(ground, own.key, id, { given, track })
    const after = { ...own.row, version: own.row.version + 1, name_digest, body }
    await updateOwnDuty(tx, after)
    await recordDuty(tx, 'own-duty', after, 'own-duty-written', now, who)
    return shownOwn(who, after, duty, track, now)
  })
}
