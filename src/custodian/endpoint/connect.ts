import { createHash, type X509Certificate } from 'node:crypto'
import { lookup } from 'node:dns/promises'
import { connect as connectPlain, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { isPublic } from './address.ts'
import type { Place } from './place.ts'

const CONNECT_MS = 20_000

/**
 * A connection to an endpoint, certificate and pin judged before a byte goes out. The name is resolved once, and the address that
 * was judged is the one that is called. With a pin, the endpoint's public key is believed instead of the usual authorities.
 * Rejects with an error that says nothing but what failed.
 */
export async function connectTo(place: Place, spki: string | null, anywhere: boolean): Promise<Socket> {
  const address = await resolve(place.host, anywhere)
  return await new Promise((done, failed) => {
    const name = isIP(place.host) === 0 ? { servername: place.host } : {}
    const trust = spki === null ? {} : { rejectUnauthorized: false }
    const socket = place.tls
      ? connectTls({ host: address, port: place.port, ALPNProtocols: ['http/1.1'], ...name, ...trust })
      : connectPlain({ host: address, port: place.port })
    const give = (why: string) => {
      socket.destroy()
      failed(new Error(why))
    }
    socket.setTimeout(CONNECT_MS, () => give('the endpoint did not answer in time'))
    socket.on('error', () => give('no connection to the endpoint'))
    socket.once(place.tls ? 'secureConnect' : 'connect', () => {
      const raw = 'getPeerX509Certificate' in socket ? socket.getPeerX509Certificate() : undefined
      if (spki !== null && (raw === undefined || spkiOf(raw) !== spki)) return give('the endpoint shows another public key')
      socket.setTimeout(0)
      done(socket)
    })
  })
}

/** SHA-256 of a certificate's public key: hex. */
export function spkiOf(certificate: X509Certificate): string {
  return createHash('sha256')
    .update(certificate.publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')
}

async function resolve(host: string, anywhere: boolean): Promise<string> {
  if (isIP(host) !== 0) {
    if (!anywhere && !isPublic(host)) throw new Error('the endpoint’s address is not a public one')
    return host
  }
  const found = await lookup(host, { all: true }).catch(() => [])
  const first = found[0]
  if (first === undefined) throw new Error('the endpoint’s name cannot be resolved')
  // One private address among public ones is an attempt to reach inside: none is called then.
  if (!anywhere && !found.every(({ address }) => isPublic(address)))
    throw new Error('the endpoint’s name leads to an address that is not public')
  return first.address
}
