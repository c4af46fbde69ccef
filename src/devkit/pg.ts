import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, type TestContext } from 'node:test'
import pg from 'pg'
import { openStore, type Store } from '../server/store/connection.ts'
import type { KeyStore } from '../server/store/keys/key-store.ts'
import { migrate } from '../server/store/migrate.ts'
import { type Connect, withClient } from '../server/store/postgres/roles.ts'
import { APP_ROLE, type RunningPostgres, startPostgres } from '../server/store/postgres/start.ts'
import { memoryKeys } from './memory-keys.ts'

/** A database of one test, migrated, with nothing in it. */
export interface FreshDatabase {
  /** As the server works: not the owner, bound by row-level security. */
  readonly store: Store
  readonly owner: pg.Pool
  readonly connect: { readonly owner: Connect; readonly app: Connect }
  readonly keys: KeyStore
  close(): Promise<void>
}

interface Shared {
  readonly server: RunningPostgres
  readonly template: string
}

let shared: Promise<Shared> | null = null
let count = 0
let end: (() => Promise<void>) | null = null

// At the top of the file: inside a test it would belong to that test.
after(async () => await end?.())

/** A fresh database on this process's own PostgreSQL, which starts at the first call and ends after the last test. */
export async function freshDatabase(options: { readonly migrated?: boolean } = {}): Promise<FreshDatabase> {
  shared ??= startShared()
  const { server, template } = await shared
  const database = `test_${++count}`
  const from = options.migrated === false ? 'template0' : template
  await withClient({ ...server.owner, database: 'postgres' }, (client) =>
    client.query(`create database ${database} template ${from} strategy file_copy`),
  )
  const connect = { owner: { ...server.owner, database }, app: { ...server.app, database } }
  const owner = new pg.Pool({ ...connect.owner, max: 2 })
  owner.on('error', () => {})
  const store = openStore(connect.app, 6)
  return {
    store,
    owner,
    connect,
    keys: memoryKeys(randomBytes),
    async close() {
      await Promise.all([store.pool.end(), owner.end()])
      await withClient({ ...server.owner, database: 'postgres' }, (client) =>
        client.query(`drop database if exists ${database} with (force)`),
      )
    },
  }
}

/** Runs `fn` on a fresh database that goes when it is done. */
export async function withDatabase<T>(
  _t: TestContext,
  fn: (database: FreshDatabase) => Promise<T>,
  options?: { readonly migrated?: boolean },
): Promise<T> {
  const database = await freshDatabase(options)
  try {
    return await fn(database)
  } finally {
    await database.close()
  }
}

async function startShared(): Promise<Shared> {
  const home = mkdtempSync(join(quickFolder(), 'weir-test-'))
  const dataDir = join(home, 'data')
  const server = await startPostgres({ dataDir, keys: memoryKeys(randomBytes), log: () => {}, durability: 'fleeting' })
  end = async () => {
    await server.stop()
    rmSync(home, { recursive: true, force: true })
  }
  // For a run that is cut short: nothing may be left behind.
  process.once('exit', () => {
    try {
      process.kill(server.pid, 'SIGQUIT')
    } catch {
      // It has ended already.
    }
    rmSync(home, { recursive: true, force: true })
  })
  const template = 'weir_template'
  await withClient({ ...server.owner, database: 'postgres' }, (client) =>
    client.query(`create database ${template} template template0`),
  )
  const owner = new pg.Pool({ ...server.owner, database: template, max: 1 })
  await migrate(owner, APP_ROLE)
  await owner.end()
  return { server, template }
}

/** Memory where the machine lends it: making and dropping databases is all small files. */
function quickFolder(): string {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm')
    if (bavail * bsize > 2 ** 30) return '/dev/shm'
  } catch {
    // No such thing on this system.
  }
  return tmpdir()
}
