import { setTimeout as sleep } from 'node:timers/promises'
import { Leased, RunnerOut } from '../../contract/shapes/validation.ts'
import { Failure, isStopped } from '../failure.ts'
import { SLOTS } from '../ground.ts'
import type { Say } from '../lines.ts'
import type { State } from '../state-folder.ts'
import type { Ground } from '../take-up.ts'
import { patiently } from './patience.ts'
import { NoAnswer, type Server } from './server.ts'
import { type Job, workOn } from './work-on.ts'

export interface LeaseOptions {
  readonly name: string
  /** Ends after one job. */
  readonly once: boolean
}

const WAIT_MS = 20_000
/** How often a runner without any sandbox looks again: somebody may install one meanwhile. */
const LOOK_AGAIN_MS = 60_000

/**
 * Takes jobs from a server, one after the other, until the signal ends it. A server that cannot be reached is waited for; one that
 * refuses the token ends it with Failure. Without a sandbox it says so, registers what lacks, and takes nothing.
 */
export async function leaseJobs(
  options: LeaseOptions,
  server: Server,
  state: State,
  ground: Ground,
  say: Say,
  signal: AbortSignal,
): Promise<void> {
  say({ event: 'ready', key: ground.key.id })
  try {
    for (;;) {
      const runner = await register(options, server, ground, say, signal)
      if (runner === null) await sleep(LOOK_AGAIN_MS, undefined, { signal })
      else if (await takeJobs(runner, options, server, state, ground, say, signal)) return
    }
  } catch (error) {
    if (isStopped(error, signal)) return
    if (error instanceof NoAnswer) throw refused(error)
    throw error
  }
}

/** Registers with what is here; the id to lease under, or null where there is no sandbox to run anything in. */
async function register(
  { name }: LeaseOptions,
  server: Server,
  ground: Ground,
  say: Say,
  signal: AbortSignal,
): Promise<string | null> {
  ground.client.forget()
  const answer = await ground.client.tiers()
  say({ event: 'tiers', here: answer.here, lacking: answer.lacking })
  const lacking = answer.lacking.map(({ tier, say, mend }) => ({ tier, say: say.slice(0, 500), mend: mend.slice(0, 500) }))
  const tiers = answer.here.map(({ tier, says, memory }) => ({ tier, says: says.slice(0, 300), memory }))
  const body = { name: name.slice(0, 100), publicKey: ground.key.publicKey, tiers, lacking, slots: SLOTS }
  const { id } = await patiently(() => server.post('/v1/runners', body, RunnerOut, signal), signal)
  return answer.here.length === 0 ? null : id
}

/** True: one job was all that was asked for. False: the server no longer knows this runner. */
async function takeJobs(
  runner: string,
  { once }: LeaseOptions,
  server: Server,
  state: State,
  ground: Ground,
  say: Say,
  signal: AbortSignal,
): Promise<boolean> {
  for (;;) {
    const job = await nextJob(runner, server, signal)
    if (job === 'unknown') return false
    if (job === null) continue
    say({ event: 'leased', job: job.id })
    say({ event: 'ended', job: job.id, how: await workOn(job, server, state, ground, signal) })
    signal.throwIfAborted()
    if (once) return true
  }
}

async function nextJob(runner: string, server: Server, signal: AbortSignal): Promise<Job | null | 'unknown'> {
  try {
    const ask = () => server.post('/v1/runners/lease', { runner, waitMs: WAIT_MS }, Leased, signal)
    return (await patiently(ask, signal)).job
  } catch (error) {
    if (error instanceof NoAnswer && error.status === 404) return 'unknown'
    throw error
  }
}

function refused({ status, message }: NoAnswer): Failure {
  const token = status === 401 || status === 403
  return new Failure(token ? 'runner.refused' : 'runner.no-server', `The server takes no runner: ${message}.`, {
    mend: token ? 'An administrator makes a token for a runner; give it as WEIR_RUNNER_TOKEN.' : null,
  })
}
