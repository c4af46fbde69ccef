import { createHash } from 'node:crypto'
import { once } from 'node:events'
import type { ClientBase } from 'pg'
import pg from 'pg'
import { from } from 'pg-copy-streams'
import { type BlobName, type BlobStore, parseBlobName } from '../blobs/blob-store.ts'
import type { KeyStore } from '../keys/key-store.ts'
import { quote, readLevel, readSequences, readTables, SEEDED, type Table } from './catalogue.ts'
import { BackupRefused, contentOf, type Frame, jsonOf, KIND, readFrames, sameMac } from './frame.ts'
import { type Manifest, parseEnd, parseManifest } from './manifest.ts'
import { backupMacKey } from './write.ts'

export interface RestoreTarget {
  /** As the owner of a migrated database in which nothing was done yet. */
  readonly client: ClientBase
  readonly blobs: BlobStore
  readonly keys: Pick<KeyStore, 'secret'>
}

export interface Restored {
  readonly madeAt: string
  readonly tables: number
  readonly rows: number
  readonly blobs: number
}

/**
 * Brings a backup back, all of it or nothing: one transaction, committed only after every digest and the MAC of the whole file
 * were right. The input is hostile. Throws BackupRefused with what is wrong; then the database is as it was and no blob stays.
 */
export async function restore(input: AsyncIterable<Uint8Array>, { client, blobs, keys }: RestoreTarget): Promise<Restored> {
  const added: BlobName[] = []
  await client.query('begin')
  try {
    const frames = readFrames(input, backupMacKey(keys))
    const manifest = parseManifest(jsonOf(await expect(frames, KIND.manifest)))
    const tables = await checkTarget(client, manifest)
    const done = await takeSections(frames, client, blobs, tables, added)
    for (const { schema, name, value, called } of manifest.sequences)
      await client.query('select setval($1::regclass, $2, $3)', [quote({ schema, name }), value, called])
    // Nobody works on these any more.
    await client.query(`update pgboss.job set state = 'retry', started_on = null where state = 'active'`)
    // What waited to be sent may have gone since the backup was made: a person looks, and it is not sent a second time by itself.
    await client.query(`update weir.letter set state = 'unsure', leased_until = null where state in ('queued', 'sending')`)
    await client.query('commit')
    return { madeAt: manifest.madeAt, tables: tables.length, ...done }
  } catch (error) {
    await client.query('rollback').catch(() => {})
    for (const name of added) await blobs.delete(name)
    throw refusal(error)
  }
}

/** The database must be of the same level, shaped as the manifest says, and empty; its tables are closed to others until commit. */
async function checkTarget(client: ClientBase, manifest: Manifest): Promise<Table[]> {
  const level = await readLevel(client)
  if (level.schema !== manifest.schema || level.jobs !== manifest.jobs) {
    throw new BackupRefused(
      `the backup is of schema ${manifest.schema} (jobs ${manifest.jobs}), this database of ${level.schema} (jobs ${level.jobs}): restore with the Weir that made it, then upgrade`,
    )
  }
  const tables = await readTables(client)
  if (JSON.stringify(tables) !== JSON.stringify(manifest.tables))
    throw new BackupRefused('the tables of the backup are not the tables of this database')
  const sequences = new Set((await readSequences(client)).map(quote))
  if (manifest.sequences.some((sequence) => !sequences.has(quote(sequence))))
    throw new BackupRefused('the sequences of the backup are not those of this database')
  await client.query(`lock table ${tables.map(quote).join(', ')} in exclusive mode`)
  for (const table of tables) {
    if (table.schema === 'weir' && SEEDED.includes(table.name)) {
      await client.query(`delete from ${quote(table)}`)
      continue
    }
    const { rowCount } = await client.query(`select 1 from ${quote(table)} limit 1`)
    if (rowCount !== 0)
      throw new BackupRefused(`this database holds data already (${table.name}); a backup is restored only into an empty one`)
  }
  return tables
}

type Frames = AsyncGenerator<Frame>

async function takeSections(
  frames: Frames,
  client: ClientBase,
  blobs: BlobStore,
  tables: readonly Table[],
  added: BlobName[],
): Promise<{ rows: number; blobs: number }> {
  const done = { rows: 0, blobs: 0 }
  let next = 0
  for (;;) {
    const frame = await take(frames)
    if (frame.kind === KIND.trailer) {
      const { mac } = jsonOf(frame)
      if (next !== tables.length) throw new BackupRefused('the backup lacks tables')
      if (!sameMac(frame, mac)) throw new BackupRefused('the backup was changed, or was made with another key store')
      if (!(await frames.next()).done) throw new BackupRefused('the backup goes on after its end')
      return done
    }
    if (frame.kind !== KIND.start) throw new BackupRefused('the backup is damaged: its parts are out of order')
    const start = jsonOf(frame)
    const table = tables[next]
    if (table !== undefined) {
      if (start['table'] !== `${table.schema}.${table.name}`)
        throw new BackupRefused('the backup is damaged: its tables are out of order')
      done.rows += await takeTable(frames, client, table)
      next++
    } else {
      const name = typeof start['blob'] === 'string' ? parseBlobName(start['blob']) : null
      if (name === null) throw new BackupRefused('the backup is damaged: a file in it has no proper name')
      await takeBlob(frames, blobs, name, added)
      done.blobs++
    }
  }
}

async function takeTable(frames: Frames, client: ClientBase, table: Table): Promise<number> {
  const columns = table.columns.map(({ name }) => pg.escapeIdentifier(name)).join(', ')
  const copy = client.query(from(`copy ${quote(table)} (${columns}) from stdin (format binary)`))
  const failed = once(copy, 'error').then(([error]) => Promise.reject(error))
  failed.catch(() => {})
  try {
    const end = await takeContent(frames, async (content) => {
      if (!copy.write(content)) await Promise.race([once(copy, 'drain'), failed])
    })
    copy.end()
    await Promise.race([once(copy, 'finish'), failed])
    if (copy.rowCount !== end.rows)
      throw new BackupRefused(`the backup is damaged: ${table.name} has ${copy.rowCount} rows, not ${end.rows}`)
    return end.rows
  } catch (error) {
    if (!copy.destroyed && !copy.writableFinished) copy.destroy(error as Error)
    throw error
  }
}

async function takeBlob(frames: Frames, blobs: BlobStore, name: BlobName, added: BlobName[]): Promise<void> {
  const draft = await blobs.draft()
  try {
    const { bytes } = await takeContent(frames, (content) => draft.append(content))
    // Nothing sealed is empty: this one was erased while the backup was made.
    if (bytes === 0 || (await blobs.has(name))) return
    added.push(name)
    await draft.commit(name)
  } finally {
    await draft.abandon()
  }
}

/** The data frames of one section, checked against its end. */
async function takeContent(frames: Frames, write: (content: Buffer) => Promise<void>) {
  const digest = createHash('sha256')
  let bytes = 0
  for (;;) {
    const frame = await take(frames)
    if (frame.kind === KIND.data) {
      const content = await contentOf(frame)
      digest.update(content)
      bytes += content.length
      await write(content)
      continue
    }
    if (frame.kind !== KIND.end) throw new BackupRefused('the backup is damaged: its parts are out of order')
    const end = parseEnd(jsonOf(frame))
    if (end.bytes !== bytes || end.sha256 !== digest.digest('hex'))
      throw new BackupRefused('the backup is damaged: a part does not have its digest')
    return end
  }
}

async function take(frames: Frames): Promise<Frame> {
  const { done, value } = await frames.next()
  if (done) throw new BackupRefused('the backup is cut short')
  return value
}

async function expect(frames: Frames, kind: Frame['kind']): Promise<Frame> {
  const frame = await take(frames)
  if (frame.kind !== kind) throw new BackupRefused('the backup is damaged: its parts are out of order')
  return frame
}

/** What PostgreSQL says of rows it does not take: class 22 (bad data), 23 (constraints), 08 (protocol) mean a bad backup. */
function refusal(error: unknown): unknown {
  const code = (error as { code?: unknown }).code
  if (typeof code !== 'string' || !/^(22|23)/.test(code)) return error
  return new BackupRefused(`the backup holds rows this database does not take (${code})`)
}
