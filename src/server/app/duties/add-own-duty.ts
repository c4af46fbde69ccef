import type { DutyOut } from '../../../contract/shapes/duty.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { openTrack } from '../../../core/duties/evolve-track.ts'
import { newId } from '../../../core/kernel/id.ts'
import type { Ground } from '../../ground.ts'
import { inTransaction } from '../../store/connection.ts'
import { insertOwnDuty, isNamed, type OwnDutyRow, ownDutiesOf } from '../../store/own-duty.ts'
import { type Answer, denied, NOT_FOUND } from '../answer.ts'
import { sealOwnDuty } from './own-duty-body.ts'
import { nameDigest, readGiven, shownOwn } from './own-duty-given.ts'
import { recordDuty } from './record-duty.ts'

/** Own duties of one organisation. */
const MOST = 500

/** Sets a duty for the caller's organisation, sealed under a key of its own. */
export async function addOwnDuty(ground: Ground, who: Principal, given: unknown): Promise<Answer<Presented<DutyOut>>> {
  const { organisation } = who
  if (organisation === null) return NOT_FOUND
  const read = readGiven(given)
  if (!read.ok) return read
  const duty = read.value
  const [key] = await ground.keys.allocate(1)
  let kept = false
  try {
    return await inTransaction(ground.store, { organisation }, async (tx) => {
      kept = false
      const now = ground.clock()
      const name_digest = nameDigest(ground, organisation, duty)
      if (await isNamed(tx, organisation, name_digest, null)) return denied('duty.exists')
      if ((await ownDutiesOf(tx, organisation)).length >= MOST)
        return denied('quota.exceeded', `An organisation keeps at most ${MOST} duties of its own.`)
      const id = newId('duty', ground.random)
      const track = openTrack(duty.id)
      const body = sealOwnDuty(ground, key!.key, id, { given, track })
      const row: OwnDutyRow = {
        organisation_id: organisation,
        id,
        version: 1,
        key_slot: key!.slot,
        name_digest,
        body,
        made_at: now,
      }
      await insertOwnDuty(tx, row)
      await recordDuty(tx, 'own-duty', row, 'own-duty-set', now, who)
      kept = true
      return shownOwn(who, row, duty, track, now)
    })
  } finally {
    if (!kept) await ground.keys.erase([key!.slot])
  }
}
