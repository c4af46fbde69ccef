import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { SERVER_ENTRY, SERVER_FLAGS, type ServerLine } from '../../contract/control.ts'
import { EXIT, Stop } from '../exit.ts'
import { Lines } from '../http/lines.ts'
import { ROOT } from '../root.ts'
import { inert } from '../text/inert.ts'

export type Ready = Extract<ServerLine, { event: 'ready' }>

export interface ServerProcess {
  readonly ready: Ready
  /** Resolves when the process has ended: null when it was asked to, else what happened. */
  readonly ended: Promise<string | null>
  /** Asks it to end in order; asked again, it ends at once. */
  stop(): void
}

export interface Launch {
  readonly data?: string | undefined
  readonly port?: string | undefined
  readonly demo?: boolean | undefined
  readonly maintenance?: boolean | undefined
}

export interface Listener {
  readonly step: (say: string) => void
  /** A line of the server's log. */
  readonly log: (line: string) => void
}

const EVENTS: readonly string[] = ['starting', 'ready', 'failed', 'stopped']
const LONGEST_LINE = 256 << 10
const KEPT_LINES = 8

/** Arguments of the server process. */
export function launchArguments({ data, port, demo, maintenance }: Launch): string[] {
  const given = (name: string, value: string | undefined) => (value === undefined ? [] : [`--${name}`, value])
  return [
    ...given('data', data),
    ...given('port', port),
    ...(demo ? ['--demo'] : []),
    ...(maintenance ? ['--maintenance'] : []),
  ]
}

/** A line of the server's standard output; null when it is not one of the protocol's. */
export function readServerLine(line: string): ServerLine | null {
  try {
    const value = JSON.parse(line) as { event?: unknown }
    return typeof value?.event === 'string' && EVENTS.includes(value.event) ? (value as ServerLine) : null
  } catch {
    return null
  }
}

/**
 * Starts the server and waits until it is ready. Throws Stop with the server's own reason and mend when it cannot start, and
 * Stop (130) when `signal` ends the waiting. Its own process group: a Ctrl-C reaches it through us, once.
 */
export async function startServer(launch: Launch, listener: Listener, signal: AbortSignal): Promise<ServerProcess> {
  const child = spawn(
    process.execPath,
    [...process.execArgv, ...SERVER_FLAGS, join(ROOT, SERVER_ENTRY), ...launchArguments(launch)],
    {
      // The channel closes when we end, in whatever way; the server then ends as well.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
      // Nothing in a demo is secret, and who tries it wants to see the public counts move.
      env: launch.demo ? { WEIR_TALLY_SECONDS: '60', ...process.env } : process.env,
    },
  )
  const last: string[] = []
  let asked = false
  const stop = () => {
    if (asked) setTimeout(() => child.kill('SIGKILL'), 5000).unref()
    asked = true
    child.kill('SIGTERM')
  }
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop)
  const keep = (line: string) => {
    last.push(line)
    if (last.length > KEPT_LINES) last.shift()
    listener.log(line)
  }
  const ended = endOf(child).then((how) => {
    signal.removeEventListener('abort', stop)
    return asked ? null : how
  })
  readLines(child.stderr, keep)
  const ready = await new Promise<Ready>((resolve, reject) => {
    readLines(child.stdout, (text) => {
      const line = readServerLine(text)
      if (line === null) keep(text)
      else if (line.event === 'starting') listener.step(inert(line.step))
      else if (line.event === 'ready') resolve(line)
      else if (line.event === 'failed')
        reject(new Stop(EXIT.unavailable, inert(line.say), line.mend === null ? null : inert(line.mend)))
    })
    void ended.then((how) => {
      if (how === null) reject(new Stop(EXIT.stopped, 'Stopped before it was ready.'))
      else
        reject(
          new Stop(
            EXIT.unavailable,
            `The server ended before it was ready (${how}).`,
            last.length === 0 ? null : `It said: ${last.map((line) => inert(line)).join('\n')}`,
          ),
        )
    })
  })
  return { ready, ended, stop }
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message))
    child.on('close', (code, signal) => resolve(signal === null ? `exit code ${code}` : `signal ${signal}`))
  })
}

function readLines(stream: NodeJS.ReadableStream | null, line: (text: string) => void): void {
  let lines = new Lines(LONGEST_LINE)
  stream?.on('data', (chunk: Buffer) => {
    try {
      for (const text of lines.push(chunk)) line(text)
    } catch {
      lines = new Lines(LONGEST_LINE)
    }
  })
  stream?.on('end', () => {
    const text = lines.end()
    if (text !== null) line(text)
  })
}
