import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Keeper, serveCall } from './call.ts'
import { refuseCall } from './refuse.ts'

const MOST_CONNECTIONS = 512

/** Opens the door on this machine only, at a port of the system's choice; `close` drops whoever is still there. */
export async function openDoor(keeper: Keeper): Promise<{ readonly port: number; close(): void }> {
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
  await new Promise<void>((done, failed) => server.once('error', failed).listen(0, '127.0.0.1', done))
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
