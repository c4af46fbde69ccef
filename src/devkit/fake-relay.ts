import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One request as a fake of another coordinator hears it. */
export interface FakeAsked {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

export interface FakeReply {
  readonly status: number
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** What a network or a bad day does to a request: lose it before it is read, lose the answer, never answer, and so on. */
export type Mischief = 'lose-request' | 'lose-answer' | 'stall' | 'flood' | 'redirect' | 'not-json' | 'broken' | null

export interface FakeRelay {
  readonly base: URL
  readonly asked: readonly FakeAsked[]
  /** Applies to every request from now on. */
  mischief: Mischief
  close(): Promise<void>
}

const MOST_BODY = 16 << 20

/** A server on a free port of 127.0.0.1 that answers as one coordinator's service does. */
export async function openFakeRelay(answer: (asked: FakeAsked) => FakeReply): Promise<FakeRelay> {
  const asked: FakeAsked[] = []
  const server = createServer((request, response) => {
    response.on('error', () => {})
    hear(request, response).catch(() => response.destroy())
  })
  const hear = async (request: IncomingMessage, response: ServerResponse) => {
    if (fake.mischief === 'lose-request') return void request.socket.destroy()
    const url = new URL(request.url ?? '/', 'http://fake')
    const body = await bodyOf(request)
    const one = { method: request.method ?? '', path: url.pathname, query: url.searchParams, headers: request.headers, body }
    asked.push(one)
    switch (fake.mischief) {
      case 'redirect':
        return void response.writeHead(307, { location: `${fake.base.origin}/elsewhere` }).end()
      case 'broken':
        return void response.writeHead(500).end('oops')
      case 'not-json':
        return void response.writeHead(answer(one).status).end('<html>')
      case 'flood': {
        // A sound answer, and then blanks without end.
        const reply = answer(one)
        response.writeHead(reply.status)
        return void response.end(JSON.stringify(reply.body) + ' '.repeat(8 << 20))
      }
      case 'stall':
        answer(one)
        return
      case 'lose-answer':
        answer(one)
        return void request.socket.destroy()
      default: {
        const reply = answer(one)
        response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers })
        response.end(JSON.stringify(reply.body))
      }
    }
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const fake: FakeRelay = {
    base: new URL(`http://127.0.0.1:${port}`),
    asked,
    mischief: null,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return fake
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  let held = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    held += part.length
    if (held > MOST_BODY) throw new Error('too large')
    parts.push(part)
  }
  return Buffer.concat(parts)
}
