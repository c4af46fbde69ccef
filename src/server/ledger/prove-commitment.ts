import { parseCheckpoint } from '../../ledger/checkpoint.ts'
import { BUCKET_LEVELS, buildInterval, proveInInterval } from '../../ledger/interval-tree.ts'
import { inclusionRanges } from '../../ledger/prove.ts'
import { type ReceiptJson, renderReceipt } from '../../ledger/receipt.ts'
import type { Json } from '../../ledger/statement.ts'
import { CHECKPOINT_PATH } from '../../ledger/tile.ts'
import { proofFromTiles } from '../../ledger/tile-read.ts'
import type { Database } from '../store/connection.ts'
import type { KeyStore } from '../store/keys/key-store.ts'
import { committedIn } from './commitments.ts'
import type { Log } from './log.ts'
import { intervalKey, prfOf, sha256 } from './secrets.ts'

interface Committed {
  readonly statement: Json
  readonly salt: Uint8Array
  readonly commitment: Uint8Array
}

/** Both paths of one commitment, up to the head that is served now. `pending`: no leaf yet; `stopped`: no signed head holds it. */
export async function proveCommitment(
  db: Database,
  keys: KeyStore,
  log: Log,
  interval: number,
  position: number,
  committed: Committed,
): Promise<ReceiptJson | 'pending' | 'stopped'> {
  const row = await db.selectFrom('ledger_interval').selectAll().where('index', '=', interval).executeTakeFirst()
  if (row === undefined) return 'pending'
  const prf = prfOf(intervalKey(keys, interval))
  const bucket = position >>> BUCKET_LEVELS
  const all = row.buckets === null
  const range = all ? { from: 0, to: 1 << 24 } : { from: bucket << BUCKET_LEVELS, to: (bucket + 1) << BUCKET_LEVELS }
  const placed = await committedIn(db, interval, range)
  const buckets =
    row.buckets ??
    buildInterval(
      placed.map((one) => one.commitment),
      prf,
      sha256,
    ).buckets
  const inBucket = placed.filter((one) => one.position >>> BUCKET_LEVELS === bucket)
  const innerPath = proveInInterval(inBucket, buckets, position, prf, sha256)
  if (innerPath === null) throw new Error('the interval of a receipt does not give its own root')
  const note = (await log.read(CHECKPOINT_PATH))?.toString('utf8')
  const checkpoint = note === undefined ? null : parseCheckpoint(note)
  if (note === undefined || checkpoint === null || checkpoint.size <= row.leaf_index) return 'stopped'
  const outerPath = await fromFiles(
    log,
    proofFromTiles(inclusionRanges(row.leaf_index, checkpoint.size), checkpoint.size, sha256),
  )
  if (outerPath === null) throw new Error('the tiles of the ledger do not hold what its head says')
  return renderReceipt({
    ...committed,
    interval: { index: interval, from: row.opened_at, to: row.closed_at },
    position,
    innerPath,
    leafIndex: row.leaf_index,
    outerPath,
    checkpoint: note,
  })
}

/** Feeds a reading of the pure room from the log's files. */
export async function fromFiles<Result>(log: Log, reading: Generator<string, Result, Uint8Array | null>): Promise<Result> {
  let step = reading.next()
  while (!step.done) step = reading.next(await log.read(step.value))
  return step.value
}
