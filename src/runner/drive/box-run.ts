import type { RunSpec } from '../../core/sandbox/contract.ts'
import type { Floor, TierFacts } from '../../core/sandbox/tier.ts'
import type { Ran, RunAsk } from '../../core/validation/ask.ts'
import { Failure } from '../failure.ts'
import type { SandboxClient } from '../sandbox/sandbox-client.ts'
import { readTar } from '../tar/read-tar.ts'
import { writeTar } from '../tar/write-tar.ts'

const NONE = new Uint8Array()

export interface BoxTerms {
  readonly floor: Floor
  /** The depot entry of the image; null: the machine's own toolchain. */
  readonly image: string | null
  /** A name for the box, new each time. */
  readonly box: string
}

/**
 * One run in a sandbox of its own. A sandbox process that died meanwhile is asked once more: a run leaves nothing behind.
 * Results larger than the run's limits count as `lost`: the program's doing, and nothing more can be said.
 */
export async function runBox(client: SandboxClient, ask: RunAsk, terms: BoxTerms, signal: AbortSignal): Promise<Ran> {
  try {
    return await stoppable(client, ask, terms, signal)
  } catch (error) {
    if (!(error instanceof Failure) || signal.aborted) throw error
    if (error.code === 'sandbox.too-large' || error.code === 'sandbox.bad-archive') return lostRun(ask, error.message)
    if (error.code !== 'sandbox.failed') throw error
    return stoppable(client, ask, { ...terms, box: `${terms.box}-again` }, signal)
  }
}

async function stoppable(client: SandboxClient, ask: RunAsk, terms: BoxTerms, signal: AbortSignal): Promise<Ran> {
  signal.throwIfAborted()
  let stop = () => {}
  const stopped = new Promise<never>((_resolve, reject) => {
    stop = () => {
      client.ask({ do: 'close', box: terms.box }, 'closed').catch(() => {})
      reject(signal.reason)
    }
    signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([send(client, ask, terms), stopped])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

async function send(client: SandboxClient, ask: RunAsk, { floor, image, box }: BoxTerms): Promise<Ran> {
  const put = ask.files.length === 0 ? NONE : writeTar(ask.files)
  const stdin = ask.stdin ?? NONE
  const spec: RunSpec = {
    open: { limits: ask.limits, network: ask.network, floor, image, mounts: ask.mounts },
    put: put.length,
    exec: { argv: ask.argv, env: ask.env, cwd: ask.cwd },
    stdin: stdin.length,
    get: ask.get,
    keep: ask.keep,
  }
  const length = put.length + stdin.length
  const { answer, bytes } = await client.ask({ do: 'run', box, spec, bytes: length }, 'ran', [put, stdin])
  return {
    end: answer.end,
    stdout: bytes.subarray(0, answer.stdout),
    stderr: bytes.subarray(answer.stdout, answer.stdout + answer.stderr),
    dropped: answer.dropped.stdout > 0 || answer.dropped.stderr > 0,
    wallMs: answer.wallMs,
    peakBytes: answer.peakBytes,
    tier: answer.tier,
    got: answer.got > 0 ? readTar(bytes.subarray(answer.stdout + answer.stderr)) : new Map(),
    kept: answer.kept,
  }
}

const NOWHERE: TierFacts = { tier: 'namespace-user', says: 'unknown', memory: 'watched' }

function lostRun(ask: RunAsk, say: string): Ran {
  const stderr = new TextEncoder().encode(`${ask.purpose}: ${say}\n`)
  const rest = { dropped: true, wallMs: 0, peakBytes: null, tier: NOWHERE, got: new Map(), kept: null }
  return { end: { how: 'lost' }, stdout: NONE, stderr, ...rest }
}
