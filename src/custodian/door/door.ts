import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Keeper, serveCall } from './call.ts'
import { refuseCall } from './refuse.ts'

const MOST_CONNECTIONS = 512

/**
 * Opens the door on this machine only, at `wanted` where that is free, else at a port of the system's choice; `close` drops
 * whoever is still there.
 */
export async function openDoor(keeper: Keeper, wanted: number): Promise<{ readonly port: number; close(): void }> {
  const server: Server = createServer(
    { maxHeaderSize: 16_384, requestTimeout: 600_000, headersTimeout: 30_000 },
    (request, response) => {
      // A page in somebody's browser reaches this address as well; it always says where it comes from.
      if (request.headers.origin !== undefined || request.headers['sec-fetch-site'] !== undefined)
        return refuseCall(response, 'grant.unknown')
      response.on('error', () => {})
      serveCall(keeper, request, response).catch(() => refuseCall(response, 'endpoint.unreachable'))
    },
  )
  server.maxConnections = MOST_CONNECTIONS
  if (!(await listens(server, wanted)) && !(await listens(server, 0))) throw new Error('no port is free')
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

function listens(server: Server, port: number): Promise<boolean> {
  return new Promise((done) => {
    const failed = () => done(false)
    server.once('error', failed).listen(port, '127.0.0.1', () => {
      server.removeListener('error', failed)
      done(true)
    })
  })
}
