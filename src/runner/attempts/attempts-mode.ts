import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Failure } from '../failure.ts'
import type { SandboxClient } from '../sandbox/sandbox-client.ts'
import type { State } from '../state-folder.ts'
import { readAttemptsJob } from './attempts-job.ts'
import { tellOn } from './outlet.ts'
import { runAttempts } from './run-attempts.ts'

/** What client libraries would read of an environment: keys, headers, addresses, logs. Nothing of it may matter here. */
const LIBRARIES = /^(?:OPENAI|ANTHROPIC|OTEL)_/

/** The process's third mode: one job of contract/attempts.ts from beginning to end. Rejects with Failure. */
export async function attemptsMode(line: string, state: State, client: SandboxClient, signal: AbortSignal): Promise<void> {
  for (const name of Object.keys(process.env)) if (LIBRARIES.test(name)) delete process.env[name]
  const job = readAttemptsJob(line)
  if (job === null) throw new Failure('job.unreadable', 'The first line of standard input is no job.')
  const around = {
    client,
    proofs: join(state.folder, 'suite-proofs'),
    tell: tellOn(process.stdout),
    now: Date.now,
    random: Math.random,
    sleep: async (ms: number, stop: AbortSignal) => void (await pause(ms, undefined, { signal: stop })),
  }
  await runAttempts(job, around, signal)
}
