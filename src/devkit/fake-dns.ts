import { createSocket } from 'node:dgram'
import type { AddressInfo } from 'node:net'

/** A name server on loopback that knows TXT records and nothing else (RFC 1035 §4). */
export interface FakeDns {
  readonly port: number
  readonly records: Map<string, readonly (readonly string[])[]>
  asked: number
  /** Answers nobody while it is set. */
  silent: boolean
  close(): void
}

export async function openFakeDns(): Promise<FakeDns> {
  const socket = createSocket('udp4')
  await new Promise<void>((done) => socket.bind(0, '127.0.0.1', () => done()))
  const dns: FakeDns = {
    port: (socket.address() as AddressInfo).port,
    records: new Map(),
    asked: 0,
    silent: false,
    close: () => socket.close(),
  }
  socket.on('message', (query, from) => {
    dns.asked++
    if (!dns.silent) socket.send(answerTo(query, dns.records), from.port, from.address)
  })
  return dns
}

function answerTo(query: Buffer, records: FakeDns['records']): Buffer {
  const labels: string[] = []
  let at = 12
  while (query[at] !== 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + query[at]!))
    at += 1 + query[at]!
  }
  const question = query.subarray(12, at + 5)
  const found = records.get(labels.join('.').toLowerCase()) ?? []
  const head = Buffer.alloc(12)
  query.copy(head, 0, 0, 2)
  // An answer, recursion available; no such name where there is nothing.
  head.writeUInt16BE(found.length === 0 ? 0x8183 : 0x8180, 2)
  head.writeUInt16BE(1, 4)
  head.writeUInt16BE(found.length, 6)
  return Buffer.concat([head, question, ...found.map(recordOf)])
}

function recordOf(parts: readonly string[]): Buffer {
  const data = Buffer.concat(parts.map((part) => Buffer.concat([Buffer.from([part.length]), Buffer.from(part, 'latin1')])))
  const head = Buffer.from([0xc0, 0x0c, 0, 16, 0, 1, 0, 0, 0, 0, 0, 0])
  head.writeUInt16BE(data.length, 10)
  return Buffer.concat([head, data])
}
