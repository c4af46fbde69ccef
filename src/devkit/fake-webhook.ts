import { createServer as createPlain, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTls } from 'node:https'
import type { AddressInfo } from 'node:net'
import { type Instant, instant } from '../core/kernel/instant.ts'
import type { Delivery, DeliveryStore } from '../server/notify/webhooks/delivery-store.ts'
import { isSigned, type SignedHeaders } from '../server/notify/webhooks/sign-delivery.ts'

/** How the receiver treats the next delivery. */
export type ReceiverMood = 'take' | 'fail' | 'redirect' | 'stall' | 'flood' | 'close' | 'gone'

export interface Received {
  readonly id: string
  readonly sequence: number
  readonly host: string
  readonly servername: string | null
  readonly signed: boolean
  readonly text: string
}

/** A receiver of webhooks on a loopback port that checks every signature. */
export interface FakeWebhook {
  readonly port: number
  readonly received: Received[]
  /** Calls to any other path than the one of deliveries, such as a followed redirect. */
  readonly strayed: string[]
  mood: () => ReceiverMood
  close(): Promise<void>
}

/** Starts the receiver on `/hook`; with a certificate it speaks TLS. */
export async function startFakeWebhook(
  secret: Uint8Array,
  tls: { key: string; cert: string } | null = null,
): Promise<FakeWebhook> {
  const received: Received[] = []
  const strayed: string[] = []
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const chunks: Uint8Array[] = []
    request.on('data', (chunk: Uint8Array) => chunks.push(chunk))
    request.on('end', () => {
      if (request.url !== '/hook') strayed.push(request.url ?? '')
      const body = new Uint8Array(Buffer.concat(chunks))
      const text = new TextDecoder().decode(body)
      const headers = request.headers as unknown as SignedHeaders
      const socket = request.socket as { servername?: string | false }
      received.push({
        id: headers['webhook-id'],
        sequence: (JSON.parse(text) as { sequence: number }).sequence,
        host: request.headers.host ?? '',
        servername: typeof socket.servername === 'string' ? socket.servername : null,
        signed: isSigned(headers, body, secret, Date.now()),
        text,
      })
      answer(fake.mood(), response)
    })
  }
  const server = tls === null ? createPlain(handle) : createTls(tls, handle)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const fake: FakeWebhook = {
    port: (server.address() as AddressInfo).port,
    received,
    strayed,
    mood: () => 'take',
    close: () => {
      server.closeAllConnections()
      return new Promise((done) => server.close(() => done()))
    },
  }
  return fake
}

function answer(mood: ReceiverMood, response: ServerResponse): void {
  if (mood === 'close') response.socket?.destroy()
  else if (mood === 'redirect') response.writeHead(307, { location: '/elsewhere' }).end()
  else if (mood === 'flood') flood(response.writeHead(200))
  else if (mood !== 'stall') response.writeHead(mood === 'take' ? 204 : mood === 'gone' ? 410 : 500).end()
}

/** Answers without end, as fast as the other side reads. */
function flood(response: ServerResponse): void {
  const more = () => {
    while (!response.destroyed && response.write('x'.repeat(64 * 1024)));
  }
  response.on('drain', more)
  more()
}

export interface KeptDelivery extends Delivery {
  readonly state: 'waiting' | 'claimed' | 'delivered'
  readonly due: number
  readonly leaseEnds: number
}

/** Deliveries in memory. */
export interface FakeDeliveries extends DeliveryStore {
  readonly kept: Map<string, KeptDelivery>
  readonly off: Map<string, string>
  add(delivery: Delivery): void
}

/** A store of deliveries in memory whose leases last `leaseMs`. */
export function fakeDeliveries(leaseMs: number): FakeDeliveries {
  const kept = new Map<string, KeptDelivery>()
  const off = new Map<string, string>()
  let leases = 0
  const change = (id: string, lease: string, to: Partial<KeptDelivery>): void => {
    const delivery = kept.get(id)
    if (delivery?.lease === lease && delivery.state === 'claimed') kept.set(id, { ...delivery, ...to })
  }
  return {
    kept,
    off,
    add: (delivery) => void kept.set(delivery.id, { ...delivery, state: 'waiting', due: 0, leaseEnds: 0 }),
    claim: async (now: Instant, n) => {
      const first = new Map<string, KeptDelivery>()
      for (const delivery of kept.values()) {
        const other = first.get(delivery.target)
        if (delivery.state === 'delivered' || off.has(delivery.target)) continue
        if (other === undefined || delivery.payload.sequence < other.payload.sequence) first.set(delivery.target, delivery)
      }
      const due = [...first.values()].filter(({ state, leaseEnds, due }) =>
        state === 'waiting' ? due <= now : leaseEnds <= now,
      )
      return due.slice(0, n).map((delivery) => {
        const claimed = { ...delivery, lease: `lease${++leases}` }
        const firstTriedAt = delivery.firstTriedAt ?? instant(now)
        kept.set(delivery.id, {
          ...claimed,
          state: 'claimed',
          attempts: delivery.attempts + 1,
          firstTriedAt,
          leaseEnds: now + leaseMs,
        })
        return claimed
      })
    },
    delivered: async (id, lease) => change(id, lease, { state: 'delivered' }),
    failed: async (id, lease, due) => change(id, lease, { state: 'waiting', due }),
    disabled: async (id, lease, why) => {
      const delivery = kept.get(id)
      if (delivery?.lease !== lease) return
      off.set(delivery.target, why)
      change(id, lease, { state: 'waiting' })
    },
  }
}
