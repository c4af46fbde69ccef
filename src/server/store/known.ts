import type { Selectable } from 'kysely'
import type { Store } from './connection.ts'
import type { KnownTables } from './known-tables.ts'

/** One thing as it is held; a body of null: its source lists it no longer. */
export type KnownHeld = Pick<Selectable<KnownTables['known_item']>, 'kind' | 'source' | 'id' | 'feed' | 'modified' | 'body'>

/** An edition of KEV or EPSS that answers. */
export type KnownEdition = Selectable<KnownTables['known_catalogue']>

const PAGE = 1000

/** The number of the newest import that changed something. */
export async function knownVersion(store: Store): Promise<number> {
  return (await store.db.selectFrom('known_clock').select('version').executeTakeFirstOrThrow()).version
}

/**
 * Reads what is newer than `after`, of one moment: pages are handed to `take` one by one, then the editions. Returns the version
 * read. From 0 on nothing is told of what is gone.
 */
export async function readKnown(
  store: Store,
  after: number,
  take: (page: readonly KnownHeld[]) => Promise<void>,
): Promise<{ readonly version: number; readonly editions: readonly KnownEdition[] }> {
  const client = await store.pool.connect()
  let broken: Error | undefined
  try {
    await client.query('begin isolation level repeatable read read only')
    const { rows: clock } = await client.query<{ version: number }>('select version from known_clock')
    const newer = after === 0 ? 'body is not null' : `version > ${Math.floor(after)}`
    await client.query(
      `declare known_page no scroll cursor for select kind, source, id, feed, modified, body from known_item where ${newer}`,
    )
    for (;;) {
      const { rows } = await client.query<KnownHeld>(`fetch ${PAGE} from known_page`)
      if (rows.length > 0) await take(rows)
      if (rows.length < PAGE) break
    }
    const { rows: editions } = await client.query<KnownEdition>('select * from known_catalogue')
    return { version: clock[0]!.version, editions }
  } finally {
    await client.query('rollback').catch((lost: Error) => {
      broken = lost
    })
    client.release(broken)
  }
}

/** What was taken in, by feed: the newest import of each, the newest first, at most `most`. */
export async function importsTaken(store: Store, most: number): Promise<Selectable<KnownTables['known_import']>[]> {
  return await store.db.selectFrom('known_import').selectAll().orderBy('taken_at', 'desc').orderBy('feed').limit(most).execute()
}
