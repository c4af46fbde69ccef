import { createServer, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
import type { Env } from './door.ts'

export interface Listening {
  readonly addresses: readonly string[]
  stop(): Promise<void>
}

/** Listens on both loopback addresses. A machine without IPv6 answers on 127.0.0.1 alone. Throws when the port is taken. */
export async function listen(app: Hono<Env>, port: number): Promise<Listening> {
  const handler = getRequestListener(app.fetch, { overrideGlobalObjects: false })
  const servers: Server[] = []
  for (const host of ['127.0.0.1', '::1']) {
    const server = createServer(
      { requestTimeout: 0, headersTimeout: 20_000, maxHeaderSize: 16 << 10, keepAliveTimeout: 10_000 },
      handler,
    )
    try {
      await start(server, host, port)
      servers.push(server)
    } catch (error) {
      const code = (error as { code?: string }).code
      if (host === '::1' && (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT')) continue
      await Promise.all(servers.map(close))
      throw error
    }
  }
  return {
    addresses: servers.map((server) => addressOf(server)),
    stop: async () => void (await Promise.all(servers.map(close))),
  }
}

function start(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port, exclusive: true, ipv6Only: host === '::1' }, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function addressOf(server: Server): string {
  const address = server.address()
  return typeof address === 'object' && address !== null
    ? address.family === 'IPv6'
      ? `[${address.address}]:${address.port}`
      : `${address.address}:${address.port}`
    : ''
}

/** Takes no new connection, lets the running answers end for 3 s, then cuts. */
function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), 3000)
    server.close(() => {
      clearTimeout(cut)
      resolve()
    })
    server.closeIdleConnections()
  })
}
