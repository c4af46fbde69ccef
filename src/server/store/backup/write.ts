import { createHash } from 'node:crypto'
import { link, open, rm } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { ClientBase } from 'pg'
import pg from 'pg'
import { to } from 'pg-copy-streams'
import { BlobMissing, type BlobStore } from '../blobs/blob-store.ts'
import { syncFolder } from '../disk/durable.ts'
import type { KeyStore } from '../keys/key-store.ts'
import { keyedMac } from '../keys/mac.ts'
import { quote, readLevel, readSequences, readTables, type Table } from './catalogue.ts'
import { CONTENT_BYTES, FrameWriter, KIND, MAGIC } from './frame.ts'
import type { Manifest, SectionEnd } from './manifest.ts'

export interface BackupSource {
  /** A connection of its own, as owner or as the server's role; it holds one transaction for as long as the backup runs. */
  readonly client: ClientBase
  readonly blobs: BlobStore
  readonly keys: Pick<KeyStore, 'secret'>
  readonly now: Date
}

export interface BackupDone {
  readonly tables: number
  readonly rows: number
  readonly blobs: number
  /** Of the file. */
  readonly bytes: number
}

/** Proves that a backup was made with a key store, without containing anything of it. */
export const backupMacKey = (keys: Pick<KeyStore, 'secret'>): Buffer =>
  Buffer.from(keyedMac(keys.secret('backup'), 'file')(new Uint8Array()))

/**
 * Everything Weir knows as of one instant, as the pieces of one file: every table of its schema, waiting jobs, every blob as
 * sealed as it lies. Keys are not in it. Other work goes on meanwhile. Memory: a few MiB.
 */
export async function* writeBackup({
  client,
  blobs,
  keys,
  now,
}: BackupSource): AsyncGenerator<Buffer, Omit<BackupDone, 'bytes'>> {
  await client.query('begin isolation level repeatable read read only')
  try {
    await client.query(`select set_config('weir.scope', 'all', true)`)
    const tables = await readTables(client)
    const level = await readLevel(client)
    const manifest: Manifest = {
      version: 1,
      ...level,
      madeAt: now.toISOString(),
      tables,
      sequences: await readSequences(client),
    }
    const frames = new FrameWriter(backupMacKey(keys))
    yield MAGIC
    yield frames.json(KIND.manifest, manifest)
    const done = { tables: tables.length, rows: 0, blobs: 0 }
    for (const table of tables) {
      yield frames.json(KIND.start, { table: `${table.schema}.${table.name}` })
      const copy = client.query(to(copyOut(table)))
      done.rows += (yield* section(frames, copy, () => copy.rowCount)).rows
    }
    for await (const name of blobs.names()) {
      // Erased since the list was made: its key is gone as well.
      if (!(await blobs.has(name))) continue
      yield frames.json(KIND.start, { blob: name })
      yield* section(frames, unlessGone(blobs.read(name)), () => 0)
      done.blobs++
    }
    yield frames.json(KIND.trailer, { ...done, mac: frames.soFar() })
    return done
  } finally {
    await client.query('rollback').catch(() => {})
  }
}

function copyOut(table: Table): string {
  const columns = table.columns.map(({ name }) => pg.escapeIdentifier(name)).join(', ')
  // Jobs that are done are history; what waits or was under way must be done after a restore.
  const which = table.schema === 'pgboss' ? ` where state < 'completed'` : ''
  return `copy (select ${columns} from ${quote(table)}${which}) to stdout (format binary)`
}

async function* section(
  frames: FrameWriter,
  content: AsyncIterable<Uint8Array>,
  rows: () => number,
): AsyncGenerator<Buffer, SectionEnd> {
  const digest = createHash('sha256')
  let bytes = 0
  for await (const piece of filled(content)) {
    digest.update(piece)
    bytes += piece.length
    yield await frames.data(piece)
  }
  const end: SectionEnd = { rows: rows(), bytes, sha256: digest.digest('hex') }
  yield frames.json(KIND.end, end)
  return end
}

/** The same bytes in pieces of 1 MiB and a shorter last one. */
async function* filled(content: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = []
  let length = 0
  for await (const chunk of content) {
    held.push(chunk)
    length += chunk.length
    if (length < CONTENT_BYTES) continue
    const all = Buffer.concat(held)
    let at = 0
    for (; length - at >= CONTENT_BYTES; at += CONTENT_BYTES) yield all.subarray(at, at + CONTENT_BYTES)
    held = [all.subarray(at)]
    length -= at
  }
  if (length > 0) yield Buffer.concat(held)
}

async function* unlessGone(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* content
  } catch (error) {
    if (!(error instanceof BlobMissing)) throw error
  }
}

/** Writes a backup to a new file, 0600, durable when it resolves. Throws EEXIST, and writes nothing, where the name is taken. */
export async function backupToFile(path: string, source: BackupSource): Promise<BackupDone> {
  const draft = `${resolve(path)}.partial`
  const file = await open(draft, 'wx', 0o600)
  try {
    const pieces = writeBackup(source)
    let bytes = 0
    for (;;) {
      const { done, value } = await pieces.next()
      if (done) {
        await file.sync()
        await link(draft, resolve(path))
        syncFolder(dirname(resolve(path)))
        return { ...value, bytes }
      }
      await file.writeFile(value)
      bytes += value.length
    }
  } finally {
    await file.close()
    await rm(draft, { force: true })
  }
}
