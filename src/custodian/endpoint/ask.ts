import { request } from 'node:http'
import type { Endpoint } from '../../contract/custody.ts'
import { connectTo } from './connect.ts'
import { keyHeaders } from './key-header.ts'
import type { Place } from './place.ts'

const ANSWER_MS = 120_000
const MOST_BYTES = 1_048_576

export interface Asked {
  readonly status: number
  readonly text: string
}

/**
 * One short question of the custodian's own; the answer at most 1 MiB. Rejects where there is none, in two minutes, or where `may`
 * says no once the connection stands: making one takes its time, and the end may have come meanwhile.
 */
export async function ask(
  endpoint: Endpoint,
  place: Place,
  key: string,
  path: string,
  body: object | null,
  anywhere: boolean,
  signal: AbortSignal,
  may: () => boolean = () => true,
): Promise<Asked> {
  const socket = await connectTo(place, endpoint.spki, anywhere)
  if (!may()) {
    socket.destroy()
    throw new Error('the window has been shut')
  }
  const bytes = body === null ? null : Buffer.from(JSON.stringify(body))
  const own = { host: hostOf(place), accept: 'application/json', 'user-agent': 'weir-custodian', connection: 'close' }
  const sent = bytes === null ? {} : { 'content-type': 'application/json', 'content-length': bytes.length }
  try {
    return await new Promise<Asked>((done, failed) => {
      const give = () => failed(new Error('the endpoint gave no answer'))
      const asking = request({
        method: bytes === null ? 'GET' : 'POST',
        path,
        headers: { ...own, ...sent, ...keyHeaders(endpoint.api, key) },
        createConnection: () => socket,
        signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]),
      })
      asking.once('error', give)
      asking.once('response', (answer) => {
        const parts: Buffer[] = []
        let size = 0
        answer.once('error', give)
        answer.on('data', (part: Buffer) => {
          size += part.length
          if (size > MOST_BYTES) give()
          else parts.push(part)
        })
        answer.once('end', () => done({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') }))
      })
      asking.end(bytes)
    })
  } finally {
    socket.destroy()
  }
}

/** The `Host` header of an endpoint. */
export function hostOf(place: Place): string {
  const host = place.host.includes(':') ? `[${place.host}]` : place.host
  return place.port === (place.tls ? 443 : 80) ? host : `${host}:${place.port}`
}
