import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { SERVER_ENTRY, SERVER_FLAGS, type ServerLine } from '../src/contract/control.ts'
import { demoPeople, signInAs } from './demo-people.ts'

const ROOT = resolve(import.meta.dirname, '..')

/** A real server in a process of its own, on a data folder of its own. */
export interface ServerProcess {
  readonly url: string
  readonly data: string
  readonly pid: number
  /** Cookie of a seeded person of the demo with that role. */
  signIn(role: string): Promise<string>
  /** Memory of Weir and its PostgreSQL together, MiB: proportional shares, so that shared pages count once. */
  memory(): number
  /** Whether the process still runs. */
  alive(): boolean
  /** What it wrote so far; of standard error only when `quiet` was asked for. */
  said(): string
  kill(): Promise<void>
  stop(): Promise<void>
}

/**
 * A port that nobody listens on now. It lies below the range from which the system picks ports for outgoing connections
 * (32768 on Linux, 49152 on macOS), so that none of the many connections of a run can take it before the server does.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(15_000, 32_000)
    if ((await listens(port, '127.0.0.1')) && (await listens(port, '::1'))) return port
  }
}

function listens(port: number, host: string): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer()
    // A machine without IPv6 has no such address to be taken.
    server.once('error', (error: NodeJS.ErrnoException) => done(error.code !== 'EADDRINUSE' && host === '::1'))
    server.listen({ port, host, exclusive: true }, () => server.close(() => done(true)))
  })
}

export interface ServerOptions {
  readonly data?: string
  readonly port?: number
  readonly env?: Readonly<Record<string, string>>
  /** Records and keys only, no door: for a restore. */
  readonly maintenance?: boolean
  /** False for a server without seeded people, as an operator runs it. */
  readonly demo?: boolean
  /** Keeps standard error for `said` instead of passing it on. */
  readonly quiet?: boolean
}

/** Starts one and waits until it is ready. A port that was taken between choosing and listening is chosen anew. */
export async function startServerProcess(options: ServerOptions = {}): Promise<ServerProcess> {
  for (let tries = 3; ; tries--) {
    try {
      return await startOnce(options)
    } catch (error) {
      if (tries === 1 || options.port !== undefined || !String(error).includes('EADDRINUSE')) throw error
    }
  }
}

async function startOnce(options: ServerOptions): Promise<ServerProcess> {
  const home = options.data === undefined ? mkdtempSync(join(tmpdir(), 'weir-run-')) : null
  const data = options.data ?? join(home!, 'data')
  const port = options.port ?? (await freePort())
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      ...SERVER_FLAGS,
      join(ROOT, SERVER_ENTRY),
      '--data',
      data,
      '--port',
      String(port),
      ...(options.maintenance ? ['--maintenance'] : options.demo === false ? [] : ['--demo']),
    ],
    {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', options.quiet ? 'pipe' : 'inherit'],
      env: { ...process.env, WEIR_LOG: 'error', WEIR_DEMO_BARE: 'yes', ...options.env },
    },
  )
  const said: string[] = []
  child.stderr?.on('data', (part: Buffer) => said.push(part.toString()))
  child.stdout!.on('data', (part: Buffer) => said.push(part.toString()))
  const url = await ready(child)
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await ended
  }
  return {
    url,
    data,
    pid: child.pid!,
    signIn: (role) => signIn(url, role),
    memory: () => tree(child.pid!, data).reduce((sum, pid) => sum + share(pid), 0) / 1024,
    alive: () => child.exitCode === null && child.signalCode === null,
    said: () => said.join(''),
    kill: () => end('SIGKILL'),
    stop: async () => {
      await end('SIGTERM')
      if (home !== null) rmSync(home, { recursive: true, force: true })
    },
  }
}

function ready(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout! }).on('line', (text) => {
      const line = JSON.parse(text) as ServerLine
      if (line.event === 'ready') resolve(line.url)
      if (line.event === 'failed') reject(new Error(`${line.say} ${line.mend ?? ''}`))
    })
    child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it was ready`)))
  })
}

async function signIn(url: string, role: string): Promise<string> {
  const person = (await demoPeople(url)).find((row) => row.roles.includes(role))
  if (person === undefined) throw new Error(`no seeded person is a ${role}`)
  return await signInAs(url, person.id)
}

/** The server's process, its children, and the PostgreSQL of its data folder (which stands in a group of its own). */
function tree(root: number, data: string): number[] {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
  const postmaster = Number(read(join(data, 'pg', 'postmaster.pid')).split('\n')[0]) || -1
  const parents = new Map(
    processes.map((pid) => [
      pid,
      Number(
        read(`/proc/${pid}/stat`)
          .replace(/^.*\) \S+ /s, '')
          .split(' ')[0],
      ),
    ]),
  )
  const inside = new Set([root, postmaster])
  for (let grown = true; grown; ) {
    grown = false
    for (const [pid, parent] of parents) if (inside.has(parent) && !inside.has(pid)) grown = inside.add(pid).size > 0
  }
  return [...inside].filter((pid) => pid > 0)
}

function share(pid: number): number {
  return Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0)
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
