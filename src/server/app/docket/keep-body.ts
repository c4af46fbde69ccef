import type { Tx } from '../../store/connection.ts'
import { updateDocket } from '../../store/docket.ts'
import { type DocketBody, sealBody } from './docket-body.ts'
import type { DocketDesk } from './docket-desk.ts'
import { dueAt } from './due-at.ts'
import type { LoadedDocket } from './load-docket.ts'

/** Stores what changed in a docket's body; the docket was loaded in this transaction with its row locked. */
export async function keepBody(
  desk: Pick<DocketDesk, 'random'>,
  tx: Tx,
  loaded: LoadedDocket,
  changes: Partial<DocketBody>,
): Promise<void> {
  const joint = loaded.key('J')
  if (joint === null) throw new Error('the key of an open docket is not there')
  const { docket, model, question, calls, custody, purge } = { ...loaded, ...changes }
  const body: DocketBody = { docket, model, question, calls, custody, purge }
  await updateDocket(tx, docket, sealBody(joint.key, docket.id, body, desk.random), dueAt(docket))
}
