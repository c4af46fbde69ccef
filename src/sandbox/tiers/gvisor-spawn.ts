import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import type { Readable, Writable } from 'node:stream'
import type { Bundle } from './gvisor-bundle.ts'
import type { GvisorTools } from './gvisor-tools.ts'
import { Records } from './records.ts'
import { quote, type Spawned } from './spawn.ts'
import { SANDBOX_GROUP } from './uid-pool.ts'
import { SEEN_BY_AGENT, STATUS } from './walls.ts'

export interface GvisorChain {
  readonly tools: GvisorTools
  /** As in the other tiers' chain: files into which the shell writes 0 first. */
  readonly joins: readonly string[]
  readonly mayJoin: readonly string[]
  /** The user that runsc and its parts run as, user 0 in a namespace of their own; and the one that the writable places belong to. */
  readonly users: { readonly runsc: number; readonly files: number }
  readonly bundle: Bundle
  /** The folder of the bundle. */
  readonly place: string
}

const MOST_SAID = 4096
const OPEN_FILES = 65_536
const { requests, records } = SEEN_BY_AGENT

/**
 * Starts runsc with an empty environment, as users that nobody has, in a user namespace in which they are two, and in every other
 * namespace anew; waits until the agent says that it is ready. With the outermost program everything inside dies.
 */
export async function spawnGvisor(chain: GvisorChain): Promise<Spawned> {
  const child = spawn('/bin/sh', ['-c', outerScript(chain), 'outer', chain.bundle.config], {
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
  })
  const into = child.stdio[requests] as Writable
  const from = child.stdio[records] as Readable
  const status = (child.stdio as readonly unknown[])[STATUS] as Readable
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    if (said.length < MOST_SAID) said += chunk.toString('latin1')
  })
  for (const stream of [into, from, status]) stream.on('error', () => {})
  const alive = () => child.exitCode === null && child.signalCode === null && child.pid !== undefined
  const kill = () => void (alive() && child.kill('SIGKILL'))
  status.once('data', () => {
    // Only the outer root may map two users; the shell inside waits for it.
    if (!mapUsers(child.pid!, chain.users)) return kill()
    into.write('\n')
  })
  const take = new Records(from)
  const ended = new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message))
    child.on('close', () => resolve(said.slice(0, MOST_SAID).trim()))
  })
  let first: number | null = null
  const spawned: Spawned = {
    pid: child.pid ?? 0,
    agent: () => {
      first ??= alive() ? firstChild(child.pid!) : null
      return first
    },
    ask: (number) => void into.write(`${number}\n`),
    onRecord: (to) => take.give(to),
    ended,
    kill,
  }
  const told = await Promise.race([take.first(), ended])
  if (typeof told !== 'string' && Buffer.from(told).toString('latin1').startsWith('ready')) return spawned
  kill()
  throw new Error((await ended) || 'the sandbox ended before it was ready')
}

/** Joins the groups, gives up root for good, and makes a user namespace in which nobody is anybody yet. */
function outerScript({ tools, joins, mayJoin, users, bundle, place }: GvisorChain): string {
  const become = ['--reuid', String(users.runsc), '--regid', String(SANDBOX_GROUP), '--clear-groups', '--no-new-privs']
  return [
    'set -e',
    ...joins.map((file) => `echo 0 >${quote(file)}`),
    ...mayJoin.map((file) => `echo 0 >${quote(file)} 2>/dev/null || :`),
    'ulimit -c 0',
    `ulimit -n ${OPEN_FILES} 2>/dev/null || :`,
    `exec ${words([tools.setpriv, ...become, '--', tools.unshare, '--user', '--keep-caps', '/bin/sh', '-c'])} ${quote(
      [
        `echo map >&${STATUS}`,
        `read -r go <&${requests}`,
        `exec ${STATUS}>&-`,
        // After the users are mapped: a change of users would take the signal back.
        `exec ${words([tools.setpriv, '--pdeathsig', 'KILL', '--', tools.unshare, ...NAMESPACES, '/bin/sh', '-c'])} ${quote(
          innerScript(tools, bundle, place),
        )} inner "$1"`,
      ].join('\n'),
    )} middle "$1"`,
  ].join('\n')
}

const NAMESPACES = ['--mount', '--pid', '--net', '--ipc', '--uts', '--fork', '--kill-child', '--mount-proc']

function innerScript(tools: GvisorTools, bundle: Bundle, place: string): string {
  const run = [tools.runsc, `--root=${place}/state`, ...tools.options, 'run', `--bundle=${place}`, 'sandbox']
  return [
    'set -e',
    ...bundle.script,
    // runsc passes on the standard streams and no others.
    `exec ${words(run)} <&${requests} >&${records} ${requests}<&- ${records}>&-`,
  ].join('\n')
}

function words(list: readonly string[]): string {
  return list.map(quote).join(' ')
}

function mapUsers(pid: number, users: GvisorChain['users']): boolean {
  try {
    writeFileSync(`/proc/${pid}/uid_map`, `0 ${users.runsc} 1\n1000 ${users.files} 1\n`)
    writeFileSync(`/proc/${pid}/setgroups`, 'deny')
    writeFileSync(`/proc/${pid}/gid_map`, `0 ${users.files} 1\n1000 ${SANDBOX_GROUP} 1\n`)
    return true
  } catch {
    return false
  }
}

function firstChild(pid: number): number | null {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').split(' ')[0]) || null
  } catch {
    return null
  }
}
