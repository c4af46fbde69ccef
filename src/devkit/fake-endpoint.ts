import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { EndpointApi } from '../contract/custody.ts'
import type { Asked, Play, Reply } from './endpoint/play.ts'
import { wholeOf } from './endpoint/whole.ts'
import { apiOf, endlessEvent, eventsOf, readAsked } from './endpoint/wire.ts'

/** An HTTP server that plays a model's endpoint, in all three APIs at once. */
export interface FakeEndpoint {
  readonly base: string
  /** What was asked, in order; only while `remember` is on. */
  readonly asked: readonly Asked[]
  readonly requests: () => number
  close(): Promise<void>
}

export interface FakeOptions {
  /** Whoever does not say it, as bearer or x-api-key, hears 401; null: everybody may ask. */
  readonly secret: string | null
  readonly remember: boolean
}

const MOST_BODY = 64 << 20
const PIECE = 'and so on, '.repeat(1000)

/** Opens a fake on a port of 127.0.0.1, a free one where none is named. Rejects where the port is taken. */
export async function openFakeEndpoint(
  play: Play,
  options: FakeOptions = { secret: null, remember: false },
  wanted = 0,
): Promise<FakeEndpoint> {
  const asked: Asked[] = []
  const times = new Map<string, number>()
  let requests = 0
  const server = createServer((request, response) => {
    // A client that went away is no news here.
    response.on('error', () => {})
    answer(request, response).catch(() => response.destroy())
  })
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const n = ++requests
    const path = new URL(request.url ?? '/', 'http://fake').pathname
    const api = apiOf(path)
    const body = await bodyOf(request)
    if (options.secret !== null && !says(request, options.secret)) return refuse(response, 401, 'authentication_error')
    if (path.endsWith('/models')) return whole(response, { object: 'list', data: [] })
    if (api === null || body === null) return refuse(response, 404, 'not_found')
    const fields = JSON.parse(body) as Record<string, unknown>
    const read = readAsked(api, fields)
    const key = `${read.prompt}\0${read.spoken}`
    times.set(key, (times.get(key) ?? 0) + 1)
    const one = { ...read, path, times: times.get(key) ?? 1, headers: request.headers }
    if (options.remember) asked.push(one)
    const reply = play(one)
    const bytes = Buffer.byteLength(body)
    if (reply.do === 'answer' && fields['stream'] !== true) return whole(response, wholeOf(api, reply, bytes, n))
    await act(response, api, reply, bytes, n)
  }
  server.listen(wanted, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    base: `http://127.0.0.1:${port}/v1`,
    asked,
    requests: () => requests,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function act(response: ServerResponse, api: EndpointApi, reply: Reply, sent: number, n: number): Promise<void> {
  const stream = () => void response.writeHead(200, { 'content-type': 'text/event-stream' })
  switch (reply.do) {
    case 'answer':
      stream()
      for (const event of eventsOf(api, reply, sent, n)) response.write(event)
      response.end()
      return
    case 'status': {
      const headers: Record<string, string> = reply.retryAfter === undefined ? {} : { 'retry-after': reply.retryAfter }
      refuse(response, reply.status, reply.type, headers)
      return
    }
    case 'bytes':
      response.writeHead(200, { 'content-type': reply.contentType ?? 'text/event-stream' })
      response.end(reply.bytes)
      return
    case 'flood':
      stream()
      await flood(response, api, reply.bytes, reply.shape)
      return
    case 'stall':
    case 'drop':
      if (reply.after === 'half') {
        stream()
        response.write(eventsOf(api, { do: 'answer', said: 'I was about to' }, sent, n)[0] ?? '')
        // So that the half is on its way before the end of the connection.
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      if (reply.do === 'drop') response.socket?.destroy()
  }
}

async function flood(response: ServerResponse, api: EndpointApi, bytes: number, shape: 'events' | 'one-event'): Promise<void> {
  if (shape === 'one-event') response.write('data: {"choices":[{"delta":{"content":"')
  if (api === 'anthropic-messages' && shape === 'events') {
    const begin = { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }
    response.write(`event: ${begin.type}\ndata: ${JSON.stringify(begin)}\n\n`)
  }
  const piece = shape === 'events' ? endlessEvent(api, PIECE) : PIECE
  const closed = once(response, 'close')
  let drained = () => {}
  response.on('drain', () => drained())
  for (let sent = 0; sent < bytes && !response.destroyed; sent += piece.length) {
    const room = new Promise<void>((resolve) => {
      drained = resolve
    })
    if (!response.write(piece)) await Promise.race([room, closed])
  }
  response.end()
}

function whole(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

function refuse(response: ServerResponse, status: number, type: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify({ type: 'error', error: { type, code: type, message: `the fake says ${type}` } }))
}

function says({ headers }: IncomingMessage, secret: string): boolean {
  return headers.authorization === `Bearer ${secret}` || headers['x-api-key'] === secret
}

async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length
    if (length > MOST_BODY) return null
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}
