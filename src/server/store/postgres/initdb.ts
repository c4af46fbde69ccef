import { spawn } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { syncFolder } from '../disk/durable.ts'
import { asRunner, type Runner } from './account.ts'
import type { Binaries } from './binaries.ts'
import type { Durability } from './settings.ts'

export interface NewCluster {
  readonly dataDir: string
  readonly superuser: string
  readonly password: string
  readonly runner: Runner
  readonly binaries: Binaries
  readonly durability: Durability
}

/**
 * Makes `<data>/pg` unless it is there: UTF-8, PostgreSQL's own C.UTF-8 locale (the same order on every machine), data
 * checksums. It is made beside and moved in place whole, so that a crash leaves nothing half-made. True when it was made now.
 */
export async function initialise({ dataDir, superuser, password, runner, binaries, durability }: NewCluster): Promise<boolean> {
  const home = join(dataDir, 'pg')
  if (existsSync(join(home, 'PG_VERSION'))) return false
  if (existsSync(home)) throw new Error(`${home} is there but holds no PostgreSQL data; move it away and start again`)
  const draft = join(dataDir, 'pg.draft')
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { mode: 0o700 })
  if (runner.mode === 'dropped') chownSync(draft, runner.uid, runner.gid)
  const secret = writePassword(dataDir, password, runner)
  try {
    await run(binaries, runner, [
      '--pgdata',
      draft,
      '--username',
      superuser,
      '--pwfile',
      secret.file,
      '--auth',
      'scram-sha-256',
      '--encoding',
      'UTF8',
      '--locale',
      'C',
      '--locale-provider',
      'builtin',
      '--builtin-locale',
      'C.UTF-8',
      '--data-checksums',
      '--no-instructions',
      ...(durability === 'fleeting' ? ['--no-sync'] : process.platform === 'linux' ? ['--sync-method', 'syncfs'] : []),
    ])
  } finally {
    rmSync(secret.folder, { recursive: true, force: true })
  }
  renameSync(draft, home)
  syncFolder(dataDir)
  return true
}

/** A file that only the one who runs initdb can read, gone as soon as it has been read. */
function writePassword(dataDir: string, password: string, runner: Runner): { folder: string; file: string } {
  const folder = mkdtempSync(join(dataDir, 'first-'))
  const file = join(folder, 'password')
  writeFileSync(file, `${password}\n`, { mode: 0o600 })
  if (runner.mode === 'dropped') {
    chownSync(file, runner.uid, runner.gid)
    chownSync(folder, runner.uid, runner.gid)
  }
  return { folder, file }
}

async function run(binaries: Binaries, runner: Runner, args: readonly string[]): Promise<void> {
  const { file, args: all, options } = asRunner(runner, binaries.initdb, args)
  const child = spawn(file, all, { ...options, env: binaries.env, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4000)
  })
  const code = await new Promise((done, failed) => child.on('error', failed).on('close', done))
  if (code !== 0) throw new Error(`initdb failed (${code}): ${said.trim()}`)
}

/** The account that owns the data already, so that a later start runs as the same one. */
export function ownerOf(dataDir: string): number | null {
  const home = join(dataDir, 'pg')
  return existsSync(home) ? statSync(home).uid : null
}
