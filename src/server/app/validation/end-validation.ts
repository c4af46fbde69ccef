import type { Principal } from '../../../core/access/principal.ts'
import { at, type Tx } from '../../store/connection.ts'
import { sealJson } from '../../store/keys/seal.ts'
import type { ValidationTable } from '../../store/tables.ts'
import { recordValidation } from './record-validation.ts'
import type { StoredProgress, StoredResult } from './stored-proof.ts'
import type { ValidationDesk } from './validation-desk.ts'

export type EndedRow = Pick<ValidationTable, 'id' | 'version' | 'key_slot'>

const NOTHING: Omit<StoredResult, 'say' | 'mend'> = { outcome: null, envelope: null, statement: null, key: null, products: [] }

/** Lets a validation wait again for a runner. What was used so far stays counted. */
export async function giveBack(
  desk: Pick<ValidationDesk, 'clock'>,
  tx: Tx,
  row: Pick<EndedRow, 'id' | 'version'>,
  seconds: number | null = null,
): Promise<void> {
  await tx.db
    .updateTable('validation')
    .set({
      state: 'waiting',
      lease: null,
      lease_until: null,
      progress: null,
      progress_at: null,
      version: row.version + 1,
      ...(seconds === null ? {} : { seconds }),
    })
    .where('id', '=', row.id)
    .execute()
  await recordValidation(tx, 'validation', row.id, row.version + 1, 'validation-returned', desk.clock(), 'system:validation')
}

/** What lists show of an ended validation, without opening all it came to. */
export function endWords(say: string): StoredProgress {
  return { done: 0, total: 0, say }
}

/** Ends a validation that came to no outcome, with the reason in words. The lease stays on the row: it says who ended it. */
export async function endWithout(
  desk: Pick<ValidationDesk, 'keys' | 'random' | 'clock'>,
  tx: Tx,
  row: EndedRow,
  end: { readonly state: 'stopped' | 'failed'; readonly say: string; readonly mend: string | null; readonly seconds?: number },
  by: Principal | 'system:validation',
): Promise<void> {
  const [key] = desk.keys.get([row.key_slot])
  const result: StoredResult = { ...NOTHING, say: end.say, mend: end.mend }
  await tx.db
    .updateTable('validation')
    .set({
      state: end.state,
      version: row.version + 1,
      ended_at: at(desk.clock()) as never,
      lease_until: null,
      ...(end.seconds === undefined ? {} : { seconds: end.seconds }),
      result: key ? sealJson(key, result, `validation/${row.id}/result`, desk.random) : null,
      progress: key ? sealJson(key, endWords(end.say), `validation/${row.id}/progress`, desk.random) : null,
    })
    .where('id', '=', row.id)
    .execute()
  await recordValidation(tx, 'validation', row.id, row.version + 1, `validation-${end.state}`, desk.clock(), by)
}
