import { readFileSync, rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RunnerLine } from '../../contract/runner.ts'
import { JobKeeps, type JobResult, JobTaken, type Leased } from '../../contract/shapes/validation.ts'
import { failedLine } from '../lines.ts'
import { type Proved, prove } from '../prove.ts'
import { readMirrors } from '../sources/mirrors.ts'
import { jobFolder, type State } from '../state-folder.ts'
import type { Ground } from '../take-up.ts'
import { JobInputs } from './job-inputs.ts'
import { readLeasedProof } from './leased-job.ts'
import { patiently } from './patience.ts'
import { NoAnswer, type Server } from './server.ts'

export type Job = NonNullable<Leased['job']>
type How = Extract<RunnerLine, { event: 'ended' }>['how']
type End = JobResult['end']

const BEAT_MS = 5000
/** How long the end of a process waits for the server to take a job back. */
const FAREWELL_MS = 3000

/** Why a job under way ends early. */
class Ended extends Error {
  readonly why: 'stopped' | 'lost' | 'returned'
  constructor(why: 'stopped' | 'lost' | 'returned') {
    super(why)
    this.why = why
  }
}

/**
 * Works on a leased job and tells the server what came out; says how it ended. Asked to stop, it tells so; with its lease gone, it
 * drops the work and tells nothing; when this process ends, the job goes back at once.
 */
export async function workOn(job: Job, server: Server, state: State, ground: Ground, signal: AbortSignal): Promise<How> {
  const ender = new AbortController()
  const give = () => ender.abort(new Ended('returned'))
  if (signal.aborted) give()
  signal.addEventListener('abort', give, { once: true })
  const folder = jobFolder(state)
  const at = { say: 'begins', done: 0, total: 0, seconds: 0 }
  const quiet = new AbortController()
  const beating = heartbeat(job, server, at, ender, quiet.signal)
  try {
    const proved = await proveJob(job, server, folder, ground, ender.signal, at)
    await deliver(job, server, doneResult(job, proved), readFileSync(proved.log), ender.signal, quiet)
    return 'done'
  } catch (error) {
    return await endOtherwise(job, server, error, at.seconds, ender.signal)
  } finally {
    signal.removeEventListener('abort', give)
    ender.abort(new Ended('lost'))
    await beating
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Standing {
  say: string
  done: number
  total: number
  seconds: number
}

function proveJob(
  job: Job,
  server: Server,
  folder: string,
  ground: Ground,
  signal: AbortSignal,
  at: Standing,
): Promise<Proved> {
  const lease = `?lease=${encodeURIComponent(job.lease)}`
  const fetchInput = (digest: string) =>
    patiently(() => server.get(`${path(job)}/inputs/${encodeURIComponent(digest)}${lease}`, signal), signal)
  const inputs = new JobInputs(fetchInput)
  const work = {
    proof: readLeasedProof(job.proof),
    input: (digest: string) => inputs.read(digest),
    mirrors: readMirrors(process.env['WEIR_MIRRORS'] ?? ''),
    folder,
    tell: (say: string, done: number, total: number, seconds: number) => Object.assign(at, { say, done, total, seconds }),
  }
  return prove(work, ground, signal)
}

const path = (job: Job) => `/v1/jobs/${encodeURIComponent(job.id)}`

/** Tells the server where the job stands, every 5 s or three times a lease; hears whether to stop. */
async function heartbeat(job: Job, server: Server, at: Standing, ender: AbortController, quiet: AbortSignal): Promise<void> {
  const every = Math.max(200, Math.min(BEAT_MS, job.leaseMs / 3))
  const over = AbortSignal.any([ender.signal, quiet])
  while (!over.aborted) {
    try {
      const body = { lease: job.lease, say: at.say.slice(0, 300), done: at.done, total: at.total, seconds: at.seconds }
      const { stop } = await server.post(`${path(job)}/progress`, body, JobKeeps, over)
      if (stop) ender.abort(new Ended('stopped'))
    } catch (error) {
      // A server that is away for a while does not end the work: its lease may outlast it.
      if (isGone(error)) ender.abort(new Ended('lost'))
    }
    await sleep(every, undefined, { signal: over }).catch(() => {})
  }
}

/** The lease is not ours any more, or the token is not. */
function isGone(error: unknown): boolean {
  return error instanceof NoAnswer && [401, 403, 404, 409, 410].includes(error.status)
}

/** Log first, then the result, each until the server has it. No heartbeat meets a job that the result has just ended. */
async function deliver(
  job: Job,
  server: Server,
  result: JobResult,
  log: Uint8Array<ArrayBuffer>,
  signal: AbortSignal,
  quiet: AbortController,
): Promise<void> {
  const lease = `?lease=${encodeURIComponent(job.lease)}`
  await patiently(() => server.put(`${path(job)}/log${lease}`, log, signal), signal)
  quiet.abort()
  await patiently(() => server.post(`${path(job)}/result`, result, JobTaken, signal), signal)
}

async function endOtherwise(job: Job, server: Server, error: unknown, seconds: number, signal: AbortSignal): Promise<How> {
  const why = signal.aborted && signal.reason instanceof Ended ? signal.reason.why : isGone(error) ? 'lost' : 'failed'
  if (why === 'lost') return 'lost'
  const failed = failedLine(error)
  const end: End =
    why === 'failed'
      ? { how: 'failed', say: failed.say.slice(0, 2000), mend: failed.mend?.slice(0, 2000) ?? null }
      : { how: why }
  const send = (within: AbortSignal) =>
    server.post(`${path(job)}/result`, { lease: job.lease, end, seconds, products: [] }, JobTaken, within)
  try {
    if (why === 'failed') await patiently(() => send(signal), signal)
    else await send(AbortSignal.timeout(FAREWELL_MS))
    return why === 'returned' ? 'stopped' : why
  } catch {
    return 'lost'
  }
}

function doneResult(job: Job, { outcome, envelope, seconds, products }: Proved): JobResult {
  return {
    lease: job.lease,
    end: { how: 'done', outcome, envelope },
    seconds,
    products: products.map(({ name, bytes }) => ({ name, content: Buffer.from(bytes).toString('base64') })),
  }
}
