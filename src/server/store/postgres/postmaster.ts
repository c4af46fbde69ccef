import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { asRunner, type Runner } from './account.ts'
import type { Binaries } from './binaries.ts'

export interface Postmaster {
  readonly pid: number
  /** Resolves when the server has ended, wanted or not. */
  readonly ended: Promise<void>
  /** Ends it: connections are cut, everything committed is on disk. */
  stop(): Promise<void>
}

export interface Launch {
  readonly home: string
  readonly socketDir: string
  readonly runner: Runner
  readonly binaries: Binaries
  /** Where its first words go, before its own log is open. */
  readonly startLog: string
}

const READY_WITHIN_MS = 120_000
const FAST_WITHIN_MS = 30_000

/** Starts the server and resolves when it takes connections; throws with its own words where it does not. */
export async function startPostmaster(launch: Launch): Promise<Postmaster> {
  const { home, socketDir, runner, binaries, startLog } = launch
  const { file, args, options } = asRunner(runner, binaries.postgres, ['-D', home, '-k', socketDir])
  const log = openSync(startLog, 'w', 0o600)
  // A session of its own: Ctrl-C in the terminal is for Weir, which then stops the server in order.
  const child = spawn(file, args, { ...options, env: binaries.env, cwd: '/', detached: true, stdio: ['ignore', log, log] })
  closeSync(log)
  const ended = new Promise<void>((done) => {
    child.once('exit', () => done())
    child.once('error', () => done())
  })
  let failure: Error | null = null
  child.once('error', (error) => {
    failure = error
  })
  // What runs beside Weir must not keep Weir from ending.
  child.unref()
  const give = performance.now() + READY_WITHIN_MS
  for (let wait = 2; ; wait = Math.min(wait * 2, 50)) {
    if (failure !== null) throw failure
    if (child.exitCode !== null || child.signalCode !== null) throw new StartFailed(lastWords(launch))
    if (isReady(home, child.pid!)) break
    if (performance.now() > give) {
      child.kill('SIGQUIT')
      throw new StartFailed(`not ready after ${READY_WITHIN_MS / 1000} s; ${lastWords(launch)}`)
    }
    await sleep(wait)
  }
  return { pid: child.pid!, ended, stop: () => stopChild(child, ended) }
}

export class StartFailed extends Error {
  override name = 'StartFailed'
  constructor(words: string) {
    super(`PostgreSQL did not start: ${words}`)
  }
}

/** What it said before its log was open, and the end of its newest log. */
function lastWords({ startLog, home }: Launch): string {
  const logs = join(home, 'log')
  const newest = (existsSync(logs) ? readdirSync(logs) : [])
    .map((name) => join(logs, name))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0]
  const said = [startLog, ...(newest === undefined ? [] : [newest])].map((path) =>
    readFileSync(path, 'utf8').slice(-1500).trim(),
  )
  return said.join('\n').trim() || 'it said nothing'
}

/** Line 1 of postmaster.pid is its process, line 8 its state. */
function isReady(home: string, pid: number): boolean {
  try {
    const lines = readFileSync(join(home, 'postmaster.pid'), 'utf8').split('\n')
    return Number(lines[0]) === pid && lines[7]?.trim() === 'ready'
  } catch {
    return false
  }
}

async function stopChild(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.ref()
  // SIGINT is PostgreSQL's fast shutdown, SIGQUIT its immediate one (the next start recovers).
  child.kill('SIGINT')
  const timer = setTimeout(() => child.kill('SIGQUIT'), FAST_WITHIN_MS)
  await ended
  clearTimeout(timer)
}
