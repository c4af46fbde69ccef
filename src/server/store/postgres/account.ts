import { spawnSync } from 'node:child_process'
import { readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** As whom PostgreSQL runs. It refuses to run as root. */
export type Runner =
  | { readonly mode: 'direct' }
  /** Root gave up its rights for an existing account. */
  | { readonly mode: 'dropped'; readonly name: string; readonly uid: number; readonly gid: number }
  /** For demonstration: root outside, nobody inside. */
  | { readonly mode: 'namespace' }

export interface Account {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

/** No way to run PostgreSQL as this user on this machine; the message names the command that would help. */
export class NoRunner extends Error {
  override name = 'NoRunner'
}

// An account of our own first; accounts that other programs use as well come last.
const PREFERRED = ['weir', 'postgres', 'daemon', 'nobody']
const NAMESPACE = ['--user', '--map-user=65534', '--map-group=65534']

/** Command and arguments that start `program` as that runner. */
export function asRunner(
  runner: Runner,
  program: string,
  args: readonly string[],
): { file: string; args: string[]; options: { uid?: number; gid?: number } } {
  if (runner.mode === 'direct') return { file: program, args: [...args], options: {} }
  if (runner.mode === 'dropped') return { file: program, args: [...args], options: { uid: runner.uid, gid: runner.gid } }
  return { file: 'unshare', args: [...NAMESPACE, program, ...args], options: {} }
}

/** The first runner that works: ourselves unless we are root, then an account that can enter every folder of `reach`, then a namespace. */
export function chooseRunner(
  reach: readonly string[],
  uid: number | undefined = process.getuid?.(),
  accounts: readonly Account[] = readAccounts(),
): Runner {
  if (uid !== 0) return { mode: 'direct' }
  for (const name of PREFERRED) {
    const account = accounts.find((entry) => entry.name === name && entry.uid !== 0)
    if (account !== undefined && reach.every((folder) => canEnter(folder, account))) return { mode: 'dropped', ...account }
  }
  if (spawnSync('unshare', [...NAMESPACE, 'true'], { stdio: 'ignore' }).status === 0) return { mode: 'namespace' }
  throw new NoRunner(
    `PostgreSQL does not run as root, and no account of this machine (${PREFERRED.join(', ')}) can enter ${reach.join(', ')}. ` +
      'Run: useradd --system weir, put Weir and its data where every account may enter (/opt, /var/lib), and start again; or run Weir as an ordinary user.',
  )
}

/** Whether the account may search `folder` and every folder on the way to it, by mode bits (access lists are not looked at). */
export function canEnter(folder: string, { uid, gid }: Account): boolean {
  let at: string
  try {
    at = realpathSync(folder)
    for (;;) {
      const { mode, uid: owner, gid: group } = statSync(at)
      const bits = owner === uid ? mode >> 6 : group === gid ? mode >> 3 : mode
      if ((bits & 0o1) === 0) return false
      if (dirname(at) === at) return true
      at = dirname(at)
    }
  } catch {
    return false
  }
}

/** The accounts of `/etc/passwd`; none where there is no such file. */
export function readAccounts(): Account[] {
  try {
    return readFileSync(join('/etc', 'passwd'), 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .filter((fields) => fields.length >= 4)
      .map(([name, , uid, gid]) => ({ name: name!, uid: Number(uid), gid: Number(gid) }))
  } catch {
    return []
  }
}
