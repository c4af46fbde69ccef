import { join } from 'node:path'
import pg from 'pg'
import type { Random } from '../../core/kernel/id.ts'
import type { Instant } from '../../core/kernel/instant.ts'
import type { Ground } from '../ground.ts'
import { openBlobFolder } from '../store/blobs/folder.ts'
import { openStore } from '../store/connection.ts'
import { openKeyFolder } from '../store/keys/folder.ts'
import type { KeyStore } from '../store/keys/key-store.ts'
import { migrate } from '../store/migrate.ts'
import { connectOutside } from '../store/postgres/outside.ts'
import { startPostgres } from '../store/postgres/start.ts'
import type { Config } from './config.ts'

const CONNECTIONS = 12

export interface OpenGround {
  readonly ground: Ground
  /** As the owner of the tables: for backup and restore only. */
  readonly owner: pg.ClientConfig
  readonly database: 'direct' | 'dropped' | 'namespace' | 'outside'
  readonly notes: readonly string[]
  /** Resolves when the database went away under us. */
  readonly lost: Promise<void>
  close(): Promise<void>
}

interface Records {
  readonly owner: pg.ClientConfig
  readonly app: pg.ClientConfig
  readonly appRole: string
  readonly database: OpenGround['database']
  readonly lost: Promise<void>
  stop(): Promise<void>
}

const NEVER = new Promise<void>(() => {})

/** Opens keys and records and brings the schema up to date; in this order, because the records' passwords are keys. */
export async function openGround(
  config: Config,
  given: { clock: () => Instant; random: Random },
  tell: (step: string) => void,
): Promise<OpenGround> {
  const keys = openKeyFolder({ folder: config.keys, dataDir: config.data, random: given.random })
  try {
    const notes: string[] = []
    const records = await openRecords(config, keys, tell)
    if (records.database === 'namespace')
      notes.push('The database runs in a user namespace: for demonstration, not for real reports.')
    try {
      tell('bringing the records up to date')
      const owner = new pg.Pool({ ...records.owner, max: 1, options: '-c search_path=weir' })
      try {
        await migrate(owner, records.appRole)
      } finally {
        await owner.end()
      }
      const store = openStore(records.app, CONNECTIONS)
      return {
        ground: { store, keys, blobs: openBlobFolder(join(config.data, 'blobs')), ...given },
        owner: records.owner,
        database: records.database,
        notes,
        lost: records.lost,
        close: async () => {
          await store.pool.end()
          await records.stop()
          await keys.close()
        },
      }
    } catch (error) {
      await records.stop()
      throw error
    }
  } catch (error) {
    await keys.close()
    throw error
  }
}

async function openRecords(config: Config, keys: KeyStore, log: (line: string) => void): Promise<Records> {
  if (config.databaseUrl !== null) {
    const outside = await connectOutside(config.databaseUrl, keys)
    return { ...outside, database: 'outside', lost: NEVER, stop: async () => {} }
  }
  const running = await startPostgres({ dataDir: config.data, keys, log })
  return {
    owner: running.owner,
    app: running.app,
    appRole: running.appRole,
    database: running.mode,
    lost: running.ended,
    stop: () => running.stop(),
  }
}
