import type { ScanTarget } from '../../core/scans/scan-target.ts'
import { at, type Tx } from './connection.ts'

/** What coordination asks for: it is told to every finder. */
export interface RequestBody {
  readonly target: ScanTarget
  readonly criticality: number
  readonly source: string
}

export interface StoredRequest {
  readonly id: string
  readonly version: number
  readonly body: RequestBody
  readonly takenUntil: number | null
  readonly closed: boolean
}

const MOST = 1000
const COLUMNS = ['id', 'version', 'body', 'taken_until', 'closed_at'] as const

/** Open requests, the newest first; only those of the named packages and repositories where names are given. */
export async function openRequests(tx: Tx, names: readonly string[] | null): Promise<readonly StoredRequest[]> {
  let query = tx.db.selectFrom('scan_request').select(COLUMNS).where('closed_at', 'is', null)
  if (names !== null) query = query.where('name', 'in', [...names])
  const rows = await query.orderBy('entered_at', 'desc').orderBy('id').limit(MOST).execute()
  return rows.map(stored)
}

/** One request, locked until the transaction ends; null where there is none. */
export async function requestById(tx: Tx, id: string): Promise<StoredRequest | null> {
  const row = await tx.db.selectFrom('scan_request').select(COLUMNS).where('id', '=', id).forUpdate().executeTakeFirst()
  return row === undefined ? null : stored(row)
}

export async function insertRequest(tx: Tx, id: string, body: RequestBody, now: number): Promise<void> {
  await tx.db
    .insertInto('scan_request')
    .values({
      id,
      version: 1,
      name: body.target.name,
      body: JSON.stringify(body),
      entered_at: at(now) as never,
      taken_until: null,
      closed_at: null,
    })
    .execute()
}

export async function closeRequest(tx: Tx, id: string, version: number, now: number): Promise<void> {
  await tx.db
    .updateTable('scan_request')
    .set({ version, closed_at: at(now) as never })
    .where('id', '=', id)
    .execute()
}

function stored(row: {
  id: string
  version: number
  body: unknown
  taken_until: number | null
  closed_at: number | null
}): StoredRequest {
  const { id, version, body, taken_until, closed_at } = row
  return { id, version, body: body as RequestBody, takenUntil: taken_until, closed: closed_at !== null }
}
