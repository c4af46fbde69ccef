import { commit } from '../../ledger/commitment.ts'
import { MESSAGE_BYTES, wantedPosition } from '../../ledger/prf.ts'
import type { Json } from '../../ledger/statement.ts'
import type { Tx } from '../store/connection.ts'
import type { KeyStore } from '../store/keys/key-store.ts'
import { intervalKey, prfOf, saltOf, sha256 } from './secrets.ts'

/** The interval that a transaction's commitments belong to, held open until it ends. */
export interface OpenInterval {
  readonly index: number
  commit(receipt: string, statement: Json): { readonly bytes: Buffer; readonly position: number }
}

/**
 * Reads which interval is open and keeps it so: the shared lock makes the closing of the interval wait for this transaction,
 * so a commitment is either in its interval's leaf or in a later interval, never between.
 */
export async function openInterval(tx: Tx, keys: KeyStore): Promise<OpenInterval> {
  const { open_interval: index } = await tx.db
    .selectFrom('ledger_clock')
    .select('open_interval')
    .forShare()
    .executeTakeFirstOrThrow()
  const prf = prfOf(intervalKey(keys, index))
  const message = new Uint8Array(MESSAGE_BYTES)
  return {
    index,
    commit(receipt, statement) {
      const bytes = commit(statement, saltOf(keys, receipt), sha256)
      if (bytes === null) throw new Error('a receipt statement is always canonical')
      return { bytes: Buffer.from(bytes), position: wantedPosition(prf, message, bytes) }
    },
  }
}
