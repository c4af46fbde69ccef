import { fstatSync } from 'node:fs'
import { hostname } from 'node:os'
import { createInterface } from 'node:readline'
import { readArguments } from './arguments.ts'
import { Failure, isStopped } from './failure.ts'
import { closeGround, openGround } from './ground.ts'
import { leaseJobs } from './lease/lease-jobs.ts'
import { Server } from './lease/server.ts'
import { failedLine, say } from './lines.ts'
import { readLocalJob, runLocal } from './local.ts'
import { openState } from './state-folder.ts'

// The token is taken out of the environment at once: nothing that this process starts can find it there.
const token = process.env['WEIR_RUNNER_TOKEN'] ?? ''
delete process.env['WEIR_RUNNER_TOKEN']

const stopper = new AbortController()
const stop = () => stopper.abort(new DOMException('stopped', 'AbortError'))
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, stop)
// Whoever started us is gone, and nobody listens any more.
process.stdout.on('error', stop)

try {
  const given = readArguments(process.argv.slice(2))
  const state = openState(given.state)
  const ground = openGround(state)
  try {
    if (given.mode === 'local') await local(state, ground)
    else if (given.mode === 'attempts') await attempts(state, ground)
    else {
      endWithOurStarter()
      await leaseJobs(
        { ...given, name: given.name ?? hostname() },
        new Server(given.server, token),
        state,
        ground,
        say,
        stopper.signal,
      )
    }
  } finally {
    await closeGround(ground)
  }
} catch (error) {
  if (isStopped(error, stopper.signal)) say({ event: 'failed', code: 'job.stopped', say: 'Stopped.', where: null, mend: null })
  else say(failedLine(error))
  process.exitCode = 1
}
process.stdin.destroy()

/** The job on standard input, whose end is the end of whoever asked. */
async function firstLine(): Promise<string> {
  const lines = createInterface({ input: process.stdin })
  const first = await new Promise<string>((resolve) => {
    lines.once('line', resolve)
    lines.once('close', () => resolve(''))
  })
  lines.once('close', stop)
  return first
}

async function attempts(state: ReturnType<typeof openState>, ground: ReturnType<typeof openGround>): Promise<void> {
  // Loaded for this alone: the client libraries of three APIs come with it.
  const { attemptsMode } = await import('./attempts/attempts-mode.ts')
  await attemptsMode(await firstLine(), state, ground.client, stopper.signal)
}

async function local(state: ReturnType<typeof openState>, ground: ReturnType<typeof openGround>): Promise<void> {
  const job = readLocalJob(await firstLine())
  if (job === null) throw new Failure('job.unreadable', 'The first line of standard input is no job.')
  say({ event: 'ready', key: ground.key.id })
  await runLocal(job, state, ground, say, stopper.signal)
}

/** A pipe on standard input comes from whoever started us; killed at once, it cannot say so otherwise. */
function endWithOurStarter(): void {
  const input = fstatSync(0)
  if (!input.isFIFO() && !input.isSocket()) return
  process.stdin.once('end', stop).once('error', stop).resume()
}
