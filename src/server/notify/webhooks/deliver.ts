import type { IncomingMessage } from 'node:http'
import { request as requestPlain } from 'node:http'
import { request as requestTls } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import type { WebhookTarget } from './webhook-target.ts'

const MOST_MS = 10_000
const MOST_ANSWER = 64 * 1024

/** What a receiver answered. Its body is read and dropped. */
export type Delivered = { readonly status: number } | { readonly why: string }

export interface Sending {
  readonly target: WebhookTarget
  /** The address that was judged. The connection goes there and nowhere else; the name stays in SNI and Host. */
  readonly address: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** Authorities in PEM besides the usual ones. */
  readonly authorities?: string
}

/** One POST within 10 s, connection and answer together. No redirect is followed, no name is looked up, no connection is kept. */
export function deliver({ target, address, headers, body, authorities }: Sending, mostMs = MOST_MS): Promise<Delivered> {
  return new Promise((resolve) => {
    const lookup: LookupFunction = (_name, options, done) => {
      const family = isIP(address)
      if (options.all) done(null, [{ address, family }])
      else done(null, address, family)
    }
    const options = {
      host: target.host,
      port: target.port,
      path: target.path,
      method: 'POST',
      agent: false,
      lookup,
      autoSelectFamily: false,
      signal: AbortSignal.timeout(mostMs),
      maxHeaderSize: 16 * 1024,
      headers: {
        ...headers,
        'content-type': 'application/json',
        'content-length': String(body.length),
        'user-agent': 'weir-webhook',
        connection: 'close',
      },
    }
    const answered = (response: IncomingMessage) => {
      const status = response.statusCode ?? 0
      let size = 0
      response.on('data', (chunk: Uint8Array) => {
        size += chunk.length
        if (size > MOST_ANSWER) response.destroy()
      })
      response.on('error', () => resolve({ status }))
      response.on('close', () => resolve({ status }))
    }
    const name = isIP(target.host) === 0 ? { servername: target.host } : {}
    const trust = authorities === undefined ? {} : { ca: authorities }
    const sent = target.tls ? requestTls({ ...options, ...name, ...trust }, answered) : requestPlain(options, answered)
    sent.on('error', (error: Error) => resolve({ why: wordsOf(error) }))
    sent.end(body)
  })
}

function wordsOf(error: Error): string {
  return error.name === 'AbortError' || error.name === 'TimeoutError'
    ? 'no answer within the time'
    : error.message.replace(/[^\x20-\x7e]+/g, ' ').slice(0, 200)
}
