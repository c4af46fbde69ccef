import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { chmodSync } from 'node:fs'
import { type AddressInfo, createServer, type Server } from 'node:net'

/** Services of the host that nobody inside may reach. */
export interface Listeners {
  readonly names: {
    readonly port: string
    readonly port6: string
    readonly anyPort: string
    readonly dnsPort: string
    readonly socket: string
  }
  readonly count: () => number
  readonly close: () => Promise<void>
}

/** Listens on IPv4, IPv6, an outer address, a datagram port that answers as a resolver, and a Unix path; counts who came. */
export async function listen(path: string, address: string): Promise<Listeners> {
  let count = 0
  const servers: Server[] = []
  const serve = async (...at: [string] | [number, string]) => {
    const server = createServer((socket) => {
      count++
      socket.on('error', () => {})
      socket.destroy()
    })
    servers.push(server)
    if (typeof at[0] === 'string') server.listen(at[0])
    else server.listen(at[0], at[1])
    const [failed] = await Promise.race([once(server, 'listening'), once(server, 'error')])
    return failed === undefined ? String((server.address() as AddressInfo).port) : '1'
  }
  const resolver = createSocket('udp4', (message, from) => {
    count++
    resolver.send(message, from.port, from.address)
  })
  resolver.bind(0, '127.0.0.1')
  await once(resolver, 'listening')
  await serve(path)
  chmodSync(path, 0o777)
  return {
    names: {
      port: await serve(0, '127.0.0.1'),
      port6: await serve(0, '::1'),
      anyPort: await serve(0, address),
      dnsPort: String(resolver.address().port),
      socket: path,
    },
    count: () => count,
    close: async () => {
      resolver.close()
      await Promise.all(servers.map((server) => new Promise((done) => server.close(done))))
    },
  }
}
