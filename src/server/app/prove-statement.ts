import { commit } from '../../ledger/commitment.ts'
import type { ReceiptJson } from '../../ledger/receipt.ts'
import type { Json } from '../../ledger/statement.ts'
import type { Ground } from '../ground.ts'
import type { Log } from '../ledger/log.ts'
import { proveCommitment } from '../ledger/prove-commitment.ts'
import { saltOf, sha256 } from '../ledger/secrets.ts'
import type { Database } from '../store/connection.ts'
import { type Answer, denied, done } from './answer.ts'

/** A statement and where the ledger has its commitment. */
export interface Placed {
  readonly statement: Json
  /** What its salt was made from. */
  readonly salted: string
  readonly commitment: Buffer
  readonly interval: number
  readonly position: number
}

/** While there is no leaf yet. */
export const SOON = denied('server.unavailable', 'The interval has not ended yet; ask again in a minute.')

/**
 * That the ledger holds that statement, as a receipt that is checked without a server. All commitments of its interval stand in the
 * paths, so `db` must see them. Throws where what is stored does not give its own commitment.
 */
export async function proveStatement(
  { keys }: Pick<Ground, 'keys'>,
  db: Database,
  log: Log,
  { statement, salted, commitment, interval, position }: Placed,
): Promise<Answer<ReceiptJson>> {
  const salt = saltOf(keys, salted)
  if (!commitment.equals(commit(statement, salt, sha256) ?? Buffer.alloc(0)))
    throw new Error('a statement that is stored does not give its own commitment')
  const proof = await proveCommitment(db, keys, log, interval, position, { statement, salt, commitment })
  if (proof === 'pending') return SOON
  return proof === 'stopped' ? denied('ledger.stopped') : done(proof)
}
