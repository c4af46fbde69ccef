import { parseArgs } from 'node:util'
import { type Logger, pino } from 'pino'
import type { ServerLine } from '../../contract/control.ts'
import { placeIn } from '../place.ts'
import { readConfig } from './config.ts'
import { startMaintenance, startServer } from './server.ts'

// The server process: speaks lines of JSON on standard output (src/contract/control.ts), logs on standard error.

const say = (line: ServerLine) => process.stdout.write(`${JSON.stringify(line)}\n`)

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      port: { type: 'string' },
      demo: { type: 'boolean' },
      maintenance: { type: 'boolean' },
    },
  })
  const port = values.port === undefined ? undefined : Number(values.port)
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65535))
    throw new Refused('--port takes a whole number from 1 to 65535.', null)
  const read = readConfig(process.env, { data: values.data, port, demo: values.demo }, process.cwd())
  if (!read.ok) throw new Refused(`${read.key}: ${read.say}`, null)
  const log = pino({ level: read.config.logLevel, base: null }, pino.destination({ dest: 2, sync: false }))
  // One request gone wrong must not take the others along; its place is logged, its text never.
  process.on('unhandledRejection', (error) =>
    log.error(
      { error: (error as Error)?.name, code: (error as { code?: string })?.code, at: placeIn(error) },
      'a rejected promise that nobody awaited',
    ),
  )
  const tell = (step: string) => say({ event: 'starting', step })
  const running =
    values.maintenance === true ? await startMaintenance(read.config, log, tell) : await startServer(read.config, log, tell)
  endOn(running, log)
  say({ event: 'ready', pid: process.pid, data: read.config.data, keys: read.config.keys, ...running.facts })
}

/** A start that cannot be, with what would help. */
class Refused extends Error {
  readonly mend: string | null
  constructor(message: string, mend: string | null) {
    super(message)
    this.mend = mend
  }
}

function endOn(running: { stop(): Promise<void>; ended: Promise<string> }, log: Logger): void {
  let stopping = false
  const end = async (code: number) => {
    if (stopping) return process.exit(code === 0 ? 130 : code)
    stopping = true
    await running.stop()
    say({ event: 'stopped' })
    process.exit(code)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0))
  // Started by another process: without it nobody would know that we run.
  process.on('disconnect', () => void end(0))
  void running.ended.then((why) => {
    if (stopping) return
    if (why !== 'stop') log.fatal({ why }, 'the server ends')
    void end(why === 'stop' ? 0 : 4)
  })
}

const MENDS: Record<string, string> = {
  EADDRINUSE: 'Another program listens there. Stop it, or choose another port with --port.',
  EACCES: 'This user may not do that. Choose a folder of your own with --data, or a port above 1023.',
  ECONNREFUSED: 'Nothing answers at DATABASE_URL. Start that PostgreSQL, or take the variable away to use the embedded one.',
}

main().catch((error: Error & { code?: string; mend?: string | null }) => {
  say({ event: 'failed', say: error.message, mend: error.mend ?? MENDS[error.code ?? ''] ?? null })
  process.exit(4)
})
