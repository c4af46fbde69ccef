import { type ChildProcess, spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import type { Limits } from '../../core/sandbox/limits.ts'
import type { StartSpec } from './implementation.ts'
import { Records } from './records.ts'
import { FILTER, SEEN_BY_AGENT, STATUS } from './walls.ts'

/** What a chain of programs ends in: bubblewrap, and the agent as its child. */
export interface Spawned {
  readonly pid: number
  /** The host's number of the agent; null until it is known. */
  agent(): number | null
  ask(number: string): void
  onRecord(take: (record: Uint8Array) => void): void
  /** Resolves with what was written to standard error, when bubblewrap is gone. */
  readonly ended: Promise<string>
  kill(): void
}

export interface Chain {
  /** Files into which the shell writes 0 first, to join control groups. */
  readonly joins: readonly string[]
  /** The same, where a refusal is no matter. */
  readonly mayJoin: readonly string[]
  /** The programs before bubblewrap: each runs the next. */
  readonly before: readonly string[]
  readonly bubblewrap: string
  readonly walls: readonly string[]
  /** The filter's file. */
  readonly filter: string
}

const MOST_SAID = 4096
const KILL_AGAIN_MS = 500

/** Starts the chain with an empty environment and none but the named descriptors, and waits until the agent says that it is ready. */
export async function spawnChain(chain: Chain, spec: StartSpec): Promise<Spawned> {
  const script = [
    'set -e',
    ...chain.joins.map((file) => `echo 0 >${quote(file)}`),
    ...chain.mayJoin.map((file) => `echo 0 >${quote(file)} 2>/dev/null || :`),
    ...resourceLimits(spec.limits),
    `exec ${FILTER}<${quote(chain.filter)}`,
    `exec ${[...chain.before, chain.bubblewrap, ...chain.walls].map(quote).join(' ')}`,
  ].join('\n')
  const child = spawn('/bin/sh', ['-c', script], {
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
  })
  return watch(child)
}

async function watch(child: ChildProcess): Promise<Spawned> {
  const requests = child.stdio[SEEN_BY_AGENT.requests] as Writable
  const records = child.stdio[SEEN_BY_AGENT.records] as Readable
  const status = (child.stdio as readonly unknown[])[STATUS] as Readable
  let said = ''
  let told = ''
  let agent: number | null = null
  child.stderr?.on('data', (chunk: Buffer) => {
    if (said.length < MOST_SAID) said += chunk.toString('latin1')
  })
  status.on('data', (chunk: Buffer) => {
    if (told.length < MOST_SAID) told += chunk.toString('latin1')
    agent ??= Number(/"child-pid"\s*:\s*(\d{1,10})/.exec(told)?.[1] ?? 0) || null
  })
  for (const stream of [requests, records, status]) stream.on('error', () => {})
  const take = new Records(records)
  const ended = new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message))
    child.on('close', () => resolve(said.slice(0, MOST_SAID).trim()))
  })
  const alive = () => child.exitCode === null && child.signalCode === null && child.pid !== undefined
  const kill = () => {
    if (!alive()) return
    // With the agent, the first process of its namespace, everything inside dies; bubblewrap then ends by itself and is the proof.
    if (agent !== null) signal(agent)
    else child.kill('SIGKILL')
    setTimeout(() => alive() && child.kill('SIGKILL'), KILL_AGAIN_MS).unref()
  }
  const spawned: Spawned = {
    pid: child.pid ?? 0,
    agent: () => agent,
    ask: (number) => void requests.write(`${number}\n`),
    onRecord: (to) => take.give(to),
    ended,
    kill,
  }
  const first = await Promise.race([take.first(), ended])
  if (typeof first !== 'string' && Buffer.from(first).toString('latin1').startsWith('ready')) return spawned
  kill()
  throw new Error((await ended) || 'the sandbox ended before it was ready')
}

const OPEN_FILES = 4096

/**
 * The shell's own limits, which everything after it inherits. The soft limit of processor time comes first, so that a program may tell;
 * a second later the kernel kills it. No limit of a file's size: the places are sized, and its signal would look like a crash.
 */
function resourceLimits({ cpuSeconds }: Limits): string[] {
  return ['ulimit -c 0', `ulimit -n ${OPEN_FILES} || :`, `ulimit -S -t ${cpuSeconds}`, `ulimit -H -t ${cpuSeconds + 1}`]
}

function signal(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // Gone already.
  }
}

/** One word of a POSIX shell's, whatever it holds. */
export function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`
}
