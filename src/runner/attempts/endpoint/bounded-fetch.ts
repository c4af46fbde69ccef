import { EndpointFault, faultOf } from './endpoint-fault.ts'
import { EventGate } from './event-gate.ts'

/** What one call may take. */
export interface CallBounds {
  /** Milliseconds without a byte. */
  readonly idleMs: number
  /** Milliseconds in all. */
  readonly callMs: number
  /** Bytes of an answer. */
  readonly bytes: number
}

/** What one call did. */
export interface CallMeter {
  sent: number
  received: number
  /** Set where the wall around the call ended it, or the endpoint refused: it outweighs what a library makes of that. */
  fault: EndpointFault | null
}

/** Headers of the client libraries that leave; the others tell of this machine, or come from an environment. */
const LEAVE = ['accept', 'content-type', 'authorization', 'x-api-key', 'anthropic-version', 'anthropic-beta']
const MOST_REFUSAL = 64 << 10
type Parameters = readonly [input: string | URL | Request, init?: RequestInit]

/**
 * A `fetch` for one call of a client library: no redirect is followed, only named headers leave, an answer beyond its bounds ends the
 * call, events come whole. What happened stands in `meter`.
 */
export function boundedFetch(bounds: CallBounds, meter: CallMeter, now: () => number, rewrite: (url: string) => string) {
  return async (...[input, init = {}]: Parameters): Promise<Response> => {
    const headers = new Headers()
    const given = new Headers(init.headers)
    for (const name of LEAVE) if (given.has(name)) headers.set(name, given.get(name) ?? '')
    meter.sent = typeof init.body === 'string' ? Buffer.byteLength(init.body) : 0
    const clock = new CallClock(bounds, meter)
    const signals = [clock.signal, ...(init.signal ? [init.signal] : [])]
    const wall = { redirect: 'error', headers, signal: AbortSignal.any(signals) } as const
    const url = rewrite(input instanceof Request ? input.url : String(input))
    let response: Response
    try {
      response = await fetch(url, { ...(init.method ? { method: init.method } : {}), body: init.body ?? null, ...wall })
    } catch (error) {
      clock.stop()
      throw meter.fault ?? error
    }
    clock.heard()
    const events = /^text\/event-stream\b/i.test(response.headers.get('content-type') ?? '')
    const most = response.ok ? bounds.bytes : MOST_REFUSAL
    const pieces = read(response, most, events && response.ok, clock, meter)
    if (!response.ok) return refused(response, pieces, meter, now)
    return new Response(ReadableStream.from(pieces), { status: response.status, headers: response.headers })
  }
}

/** Ends a call that says nothing for too long, or that never ends. */
class CallClock {
  readonly #stopper = new AbortController()
  readonly #idle: NodeJS.Timeout
  readonly #whole: NodeJS.Timeout
  constructor({ idleMs, callMs }: CallBounds, meter: CallMeter) {
    const end = (say: string) => () => {
      meter.fault ??= new EndpointFault('again', say)
      this.#stopper.abort(meter.fault)
    }
    this.#idle = setTimeout(end(`No byte came for ${idleMs} ms.`), idleMs)
    this.#whole = setTimeout(end(`The answer had not ended after ${callMs} ms.`), callMs)
  }

  get signal(): AbortSignal {
    return this.#stopper.signal
  }

  heard(): void {
    this.#idle.refresh()
  }

  stop(): void {
    clearTimeout(this.#idle)
    clearTimeout(this.#whole)
  }
}

async function* read(response: Response, most: number, events: boolean, clock: CallClock, meter: CallMeter) {
  const gate = events ? new EventGate() : null
  try {
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      clock.heard()
      meter.received += chunk.length
      if (meter.received > most) {
        meter.fault ??= new EndpointFault('never', `The answer is longer than ${most} bytes.`)
        throw meter.fault
      }
      const whole = gate === null ? chunk : gate.push(chunk)
      if (whole !== null) yield whole
    }
    const rest = gate?.rest()
    if (rest !== undefined && rest.length > 0) yield rest
  } finally {
    clock.stop()
  }
}

/** Reads what a refusal says, as far as it may go, and hands the library an empty one. */
async function refused(
  response: Response,
  pieces: AsyncIterable<Uint8Array>,
  meter: CallMeter,
  now: () => number,
): Promise<Response> {
  const parts: Uint8Array[] = []
  try {
    for await (const piece of pieces) parts.push(piece)
  } catch {
    // Its status says enough; a stop of ours stands in the signal.
  }
  const body = Buffer.concat(parts).toString('utf8')
  meter.fault = faultOf({ status: response.status, retryAfter: response.headers.get('retry-after'), body }, now())
  return new Response('{}', { status: response.status, headers: { 'content-type': 'application/json' } })
}
