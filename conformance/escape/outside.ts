import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

export interface User {
  readonly uid: number
  readonly gid: number
}

export interface Told {
  readonly stdout: string
  readonly stderr: string
  readonly exit: number | null
}

interface Where {
  readonly cwd: string
  readonly user: User | null
  readonly env?: Readonly<Record<string, string>>
  readonly gifts?: readonly (number | 'pipe')[]
}

const MOST_MS = 30_000
const MOST_TEXT = 1 << 16

/** Runs a program on the host, in a process group of its own; the whole group is killed when the program ends or stays too long. */
export async function runOutside(file: string, argv: readonly string[], where: Where): Promise<Told> {
  const child = spawn(file, argv, {
    cwd: where.cwd,
    env: { PATH: '/usr/bin:/bin', ...where.env },
    stdio: ['pipe', 'pipe', 'pipe', ...(where.gifts ?? [])],
    detached: true,
    ...where.user,
  })
  child.stdin!.on('error', () => {})
  child.stdin!.end()
  const texts = [collect(child.stdout!), collect(child.stderr!)]
  const late = setTimeout(() => killGroup(child), MOST_MS)
  const [exit] = (await once(child, 'close')) as [number | null]
  clearTimeout(late)
  killGroup(child)
  return { stdout: texts[0]!(), stderr: texts[1]!(), exit }
}

function collect(stream: NodeJS.ReadableStream): () => string {
  let text = ''
  stream.on('data', (chunk: Buffer) => {
    if (text.length < MOST_TEXT) text += chunk.toString('latin1')
  })
  return () => text
}

function killGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  } catch {
    // Nobody is left in it.
  }
}

/** A program on the host that says `ready ...` and lives until it is stopped. */
export interface Companion {
  readonly pid: number
  readonly ready: readonly string[]
  /** Everything it said, `ready` included. */
  readonly said: () => string
  readonly alive: () => boolean
  readonly poke: () => void
  readonly stop: () => Promise<void>
}

/** Starts a companion and waits until it is ready; its input stays open. */
export async function startCompanion(file: string, argv: readonly string[], where: Where): Promise<Companion> {
  const child = spawn(file, argv, { cwd: where.cwd, env: { ...where.env }, stdio: ['pipe', 'pipe', 'ignore'], ...where.user })
  child.stdin.on('error', () => {})
  const ended = once(child, 'close')
  const said = collect(child.stdout)
  while (!said().includes('\n') && child.exitCode === null) await Promise.race([once(child.stdout, 'data'), ended])
  const [word, ...ready] = said().split('\n')[0]!.split(' ')
  if (word !== 'ready') throw new Error(`${argv.join(' ')} said ${said()}`)
  return {
    pid: child.pid!,
    ready,
    said,
    alive: () => child.exitCode === null && child.signalCode === null,
    poke: () => void child.stdin.write('\n'),
    stop: async () => {
      child.stdin.end()
      child.kill('SIGCONT')
      const late = setTimeout(() => child.kill('SIGKILL'), 500)
      await ended
      clearTimeout(late)
    },
  }
}
