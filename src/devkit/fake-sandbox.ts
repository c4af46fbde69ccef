import type { ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { PassThrough, Writable } from 'node:stream'
import type { SandboxAnswer, SandboxRequest } from '../core/sandbox/contract.ts'
import type { TierFacts } from '../core/sandbox/tier.ts'

export const FAKE_TIER: TierFacts = { tier: 'namespace', says: 'a fake', memory: 'cgroup-v1' }

type Answer = SandboxAnswer extends infer A ? (A extends { n: number } ? Omit<A, 'n'> : never) : never
/** What the fake says to one request: an answer and its bytes, nothing for ever, or that it dies. */
export type Reply = { readonly answer: Answer; readonly bytes?: Uint8Array } | 'silence' | 'death'

/** A sandbox process that is none: it speaks the wire and answers by `reply`. For tests of whoever speaks to one. */
export function fakeSandbox(reply: (request: SandboxRequest, payload: Uint8Array) => Reply): ChildProcess {
  const stdout = new PassThrough()
  const child = Object.assign(new EventEmitter(), { stdout, stderr: new PassThrough(), exitCode: null as number | null })
  const end = () => {
    if (child.exitCode !== null) return
    child.exitCode = 0
    stdout.end()
    setImmediate(() => child.emit('close', 0, null))
  }
  const answer = (request: SandboxRequest, payload: Uint8Array) => {
    const given = reply(request, payload)
    if (given === 'death') end()
    if (typeof given === 'string' || child.exitCode !== null) return
    stdout.write(`${JSON.stringify({ n: request.n, ...given.answer })}\n`)
    if (given.bytes !== undefined) stdout.write(given.bytes)
  }
  const kill = () => {
    end()
    return true
  }
  const stdin = reader(answer, end)
  return Object.assign(child, { stdin, signalCode: null, kill }) as unknown as ChildProcess
}

const CARRY = new Set(['put', 'exec', 'run', 'fill'])

function reader(take: (request: SandboxRequest, payload: Uint8Array) => void, end: () => void): Writable {
  let held = Buffer.alloc(0)
  let request: SandboxRequest | null = null
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      held = Buffer.concat([held, chunk])
      for (;;) {
        if (request === null) {
          const line = held.indexOf(10)
          if (line < 0) break
          request = JSON.parse(held.subarray(0, line).toString('utf8')) as SandboxRequest
          held = held.subarray(line + 1)
        }
        const wants = CARRY.has(request.do) && 'bytes' in request ? request.bytes : 0
        if (held.length < wants) break
        take(request, held.subarray(0, wants))
        held = held.subarray(wants)
        request = null
      }
      done()
    },
    final(done) {
      end()
      done()
    },
  })
}

/** The answer to a `run` that ended with exit code 0 and printed this. */
export function ranWith(stdout: string, more: Partial<Extract<Answer, { did: 'ran' }>> = {}): Reply {
  const bytes = new TextEncoder().encode(stdout)
  const answer = {
    did: 'ran',
    tier: FAKE_TIER,
    openMs: 1,
    bytes: bytes.length,
    got: 0,
    leftOut: [],
    kept: null,
    end: { how: 'ended', exit: 0, signal: null },
    stdout: bytes.length,
    stderr: 0,
    dropped: { stdout: 0, stderr: 0 },
    wallMs: 5,
    peakBytes: null,
    ...more,
  } as const
  return { answer, bytes }
}
