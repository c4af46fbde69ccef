import {
  chmodSync,
  chownSync,
  existsSync,
  lchownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type OwnerLock, takeFolder } from '../disk/owner-lock.ts'
import type { KeyStore } from '../keys/key-store.ts'
import { chooseRunner, type Runner, readAccounts } from './account.ts'
import { findBinaries } from './binaries.ts'
import { initialise, ownerOf } from './initdb.ts'
import { endOrphan } from './orphan.ts'
import { type Postmaster, StartFailed, startPostmaster } from './postmaster.ts'
import { type Connect, ensureRole, RolesWrong, refuseMighty, withClient } from './roles.ts'
import { type Durability, HBA_FILE, settingsFile } from './settings.ts'
import { socketFolder } from './socket-folder.ts'

export const OWNER_ROLE = 'weir_owner'
export const APP_ROLE = 'weir_app'
export const DATABASE = 'weir'

export interface RunningPostgres {
  /** Owns schema and tables; for migrations, backup and restore only. */
  readonly owner: Connect
  /** What the server works as: owns nothing, bound by row-level security. */
  readonly app: Connect
  readonly appRole: string
  readonly socketDir: string
  /** `namespace` is for demonstration: outside its namespace that server still has root's files. */
  readonly mode: Runner['mode']
  readonly pid: number
  /** Resolves when the server has ended, wanted or not. */
  readonly ended: Promise<void>
  /** Ends the server in order and gives the data folder up. */
  stop(): Promise<void>
}

export interface StartOptions {
  readonly dataDir: string
  readonly keys: Pick<KeyStore, 'secret'>
  /** One line for people about what goes on. */
  readonly log: (line: string) => void
  readonly durability?: Durability
}

/**
 * Starts Weir's own PostgreSQL on `<data>/pg`, making it at the first start. Throws FolderTaken where another Weir has the
 * folder, NoBinaries or NoRunner where this machine cannot run it, RolesWrong where the key store belongs to other data.
 */
export async function startPostgres({ dataDir, keys, log, durability = 'lasting' }: StartOptions): Promise<RunningPostgres> {
  const data = resolve(dataDir)
  makeDataFolder(data)
  const lock = takeFolder(data)
  try {
    const binaries = findBinaries(join(data, 'lib'))
    const runner = runnerFor(data, [...binaries.reach, data])
    if (runner.mode === 'dropped') log(`PostgreSQL runs as the account ${runner.name}, because it does not run as root`)
    if (runner.mode === 'namespace')
      log('PostgreSQL runs in a user namespace, because no other account can reach it: for demonstration only')
    const home = join(data, 'pg')
    const ownerPassword = keys.secret('pg-owner').toString('hex')
    const isNew = await initialise({
      dataDir: data,
      superuser: OWNER_ROLE,
      password: ownerPassword,
      runner,
      binaries,
      durability,
    })
    const socketDir = socketFolder(data, runner)
    if (await endOrphan(home, socketDir)) log('a PostgreSQL that an earlier Weir left behind was ended in order')
    writeIfOther(join(home, 'postgresql.conf'), settingsFile(durability), runner)
    writeIfOther(join(home, 'pg_hba.conf'), HBA_FILE, runner)
    const server = await startPatiently({ home, socketDir, runner, binaries, startLog: join(data, 'pg-start.log') })
    try {
      const at = { host: socketDir, port: 5432, connectionTimeoutMillis: 15_000 }
      const owner = { ...at, user: OWNER_ROLE, password: ownerPassword, database: DATABASE }
      const app = { ...at, user: APP_ROLE, password: keys.secret('pg-app').toString('hex'), database: DATABASE }
      await prepare(owner, app, isNew)
      return {
        owner,
        app,
        appRole: APP_ROLE,
        socketDir,
        mode: runner.mode,
        pid: server.pid,
        ended: server.ended,
        stop: stopOnce(server, lock),
      }
    } catch (error) {
      await server.stop()
      throw error
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

/** As root the folder must let another account pass (not look); a folder that is not empty keeps the mode it has. */
function makeDataFolder(data: string): void {
  const mode = process.getuid?.() === 0 ? 0o711 : 0o700
  if (!existsSync(data)) mkdirSync(data, { recursive: true, mode })
  if (readdirSync(data).length === 0) chmodSync(data, mode)
}

/** The account that has the data keeps it; data that root made in a namespace is handed over once an account is there. */
function runnerFor(data: string, reach: readonly string[]): Runner {
  const owner = ownerOf(data)
  const uid = process.getuid?.()
  if (owner !== null && owner !== 0 && uid === 0) {
    const name = readAccounts().find((account) => account.uid === owner)?.name ?? `number ${owner}`
    return { mode: 'dropped', name, uid: owner, gid: statSync(join(data, 'pg')).gid }
  }
  if (owner !== null && uid !== undefined && owner !== uid)
    throw new Error(`${join(data, 'pg')} belongs to user ${owner}; start Weir as that user, or as root`)
  const runner = chooseRunner(reach, uid)
  if (owner !== null && runner.mode === 'dropped') handOver(join(data, 'pg'), runner.uid, runner.gid)
  return runner
}

function handOver(path: string, uid: number, gid: number): void {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const at = join(path, entry.name)
    if (entry.isDirectory()) handOver(at, uid, gid)
    else lchownSync(at, uid, gid)
  }
  chownSync(path, uid, gid)
}

function writeIfOther(path: string, text: string, runner: Runner): void {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return
  writeFileSync(path, text, { mode: 0o600 })
  if (runner.mode === 'dropped') chownSync(path, runner.uid, runner.gid)
}

const MEMORY_BUSY = 'is still in use'

/** Sessions of a server that was killed hold its shared memory for a moment. */
async function startPatiently(launch: Parameters<typeof startPostmaster>[0]): Promise<Postmaster> {
  const give = performance.now() + 10_000
  for (;;) {
    try {
      return await startPostmaster(launch)
    } catch (error) {
      if (!(error instanceof StartFailed) || !error.message.includes(MEMORY_BUSY) || performance.now() > give) throw error
      await sleep(100)
    }
  }
}

/** Database and server role, each made once. */
async function prepare(owner: Connect, app: Connect, isNew: boolean): Promise<void> {
  const admin = { ...owner, database: 'postgres' }
  await withClient(admin, async (client) => {
    const made = await ensureRole(client, APP_ROLE, app.password)
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE])
    if (rowCount === 0) {
      await client.query(`create database ${DATABASE} owner ${OWNER_ROLE}`)
      await client.query(`revoke all on database ${DATABASE} from public`)
      await client.query(`grant connect, temporary on database ${DATABASE} to ${APP_ROLE}`)
    }
    if (!made) await refuseMighty(client, APP_ROLE)
  }).catch((error: Error & { code?: string }) => {
    if (error.code !== '28P01' || isNew) throw error
    throw new RolesWrong(
      'the key store does not belong to this data: its password is refused. Name the key folder that was made with it.',
    )
  })
}

function stopOnce(server: Postmaster, lock: OwnerLock): () => Promise<void> {
  let stopping: Promise<void> | null = null
  return () => {
    stopping ??= server.stop().finally(() => lock.release())
    return stopping
  }
}
