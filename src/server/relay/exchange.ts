import { type IncomingHttpHeaders, type IncomingMessage, request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'

/** One request as it goes out; the address is the configured host's and one of our own paths. */
export interface Outgoing {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | null
}

/** What came of one request. `not-sent` is said only where no byte of it can have arrived. */
export type Exchanged =
  | { readonly came: 'answer'; readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string }
  | { readonly came: 'not-sent'; readonly why: string }
  | { readonly came: 'nothing'; readonly why: string }

export interface ExchangeLimits {
  /** From the first to the last byte, in milliseconds. */
  readonly ms: number
  readonly bytes: number
  /** Authorities in PEM in place of the usual ones, for an instance of one's own; null: the usual ones. */
  readonly authorities: string | null
}

export const USUAL_LIMITS: ExchangeLimits = { ms: 20_000, bytes: 1 << 20, authorities: null }

/**
 * One request over TLS with its answer. No redirect is followed, nothing is repeated, no proxy of the environment is used; a
 * failure is told by its code alone, so that no credential can stand in it.
 */
export function exchange(outgoing: Outgoing, limits: ExchangeLimits = USUAL_LIMITS): Promise<Exchanged> {
  return new Promise((resolve) => {
    const secure = outgoing.url.protocol === 'https:'
    let connected = false
    let settled = false
    const settle = (result: Exchanged) => {
      if (settled) return
      settled = true
      clearTimeout(timer)
      request.destroy()
      resolve(result)
    }
    const fail = (why: string) => settle({ came: connected ? 'nothing' : 'not-sent', why })
    const timer = setTimeout(() => fail('timeout'), limits.ms)
    const request = (secure ? secureRequest : plainRequest)(outgoing.url, {
      method: outgoing.method,
      headers: { ...outgoing.headers, ...(outgoing.body === null ? {} : { 'content-length': String(outgoing.body.length) }) },
      // A connection of its own: one that was kept might be closed by the other side just as we write.
      agent: false,
      ...(secure ? { minVersion: 'TLSv1.2' as const, rejectUnauthorized: true, ca: limits.authorities ?? undefined } : {}),
    })
    request.on('socket', (socket) => {
      // Until this event the request waits in our own memory.
      socket.once(secure ? 'secureConnect' : 'connect', () => {
        connected = true
      })
    })
    request.on('error', (error) => fail(codeOf(error)))
    request.on('response', (response) => {
      wholeBody(response, limits.bytes).then(
        (body) => settle({ came: 'answer', status: response.statusCode ?? 0, headers: response.headers, body }),
        (error: Error) => fail(codeOf(error)),
      )
    })
    request.end(outgoing.body ?? undefined)
  })
}

async function wholeBody(response: IncomingMessage, most: number): Promise<string> {
  const parts: Buffer[] = []
  let held = 0
  for await (const part of response as AsyncIterable<Buffer>) {
    held += part.length
    if (held > most) throw Object.assign(new Error('too large'), { code: 'ANSWER_TOO_LARGE' })
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

function codeOf(error: Error): string {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' && /^[A-Z0-9_]{1,64}$/.test(code) ? code : 'FAILED'
}
