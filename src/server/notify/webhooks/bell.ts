import { lookup as lookupAll } from 'node:dns/promises'
import { setTimeout as pause } from 'node:timers/promises'
import type { Instant } from '../../../core/kernel/instant.ts'
import { deliver } from './deliver.ts'
import { type Delivery, type DeliveryStore, DISABLED, type DisabledWhy } from './delivery-store.ts'
import { nextAttempt } from './retry-steps.ts'
import { signDelivery } from './sign-delivery.ts'
import { payloadBytes } from './webhook-payload.ts'
import { type Lookup, type PrivateHosts, parseTarget, resolveTarget, TARGET_REFUSALS } from './webhook-target.ts'

export interface BellSettings {
  readonly own: PrivateHosts
  /** Deliveries under way at once, each to another target. */
  readonly atOnce: number
  readonly mostMs: number
  readonly authorities?: string
}

export interface BellDeps {
  readonly store: DeliveryStore
  readonly now: () => Instant
  readonly lookup: Lookup
}

/** What rings at the targets of webhooks. */
export interface Bell {
  /** Tells what is due, once; answers how many receivers took it. */
  pass(): Promise<number>
  /** Tells what is due, as it becomes due, looking at least every `everyMs`; ends with the signal, once nothing is under way. */
  run(signal: AbortSignal, everyMs: number): Promise<void>
}

export const USUAL_BELL: BellSettings = { own: new Set(), atOnce: 8, mostMs: 10_000 }

/** The host's own way to look a name up: every address. */
export const systemLookup: Lookup = async (host) => (await lookupAll(host, { all: true })).map(({ address }) => address)

/** Tells targets what happened, each in order and at least once, with growing pauses for three days; then the target is turned off. */
export function openBell(settings: BellSettings, deps: BellDeps): Bell {
  const { store, now } = deps

  async function disable({ id, lease }: Delivery, why: DisabledWhy, more = ''): Promise<boolean> {
    await store.disabled(id, lease, why, more === '' ? DISABLED[why] : `${DISABLED[why]} ${more}`)
    return false
  }

  async function putOff(delivery: Delivery, why: string): Promise<boolean> {
    const at = nextAttempt(now(), delivery.attempts, delivery.firstTriedAt)
    if (at === null) return await disable(delivery, 'webhook.gave-up', why)
    await store.failed(delivery.id, delivery.lease, at, why)
    return false
  }

  async function tell(delivery: Delivery): Promise<boolean> {
    const body = payloadBytes(delivery.payload)
    if (body === null) return await disable(delivery, 'webhook.payload-refused')
    const target = parseTarget(delivery.url, settings.own)
    if (typeof target === 'string') return await disable(delivery, 'webhook.url-refused', TARGET_REFUSALS[target])
    const resolved = await resolveTarget(target, settings.own, deps.lookup)
    // A name may lead elsewhere for a while, by accident or by somebody's hand: it is tried again, and never called.
    if (typeof resolved === 'string') return await putOff(delivery, TARGET_REFUSALS[resolved])
    const headers = { ...signDelivery(delivery.id, now(), body, delivery.secrets) }
    const trust = settings.authorities === undefined ? {} : { authorities: settings.authorities }
    const answer = await deliver({ target, address: resolved.address, headers, body, ...trust }, settings.mostMs)
    if ('why' in answer) return await putOff(delivery, answer.why)
    if (answer.status === 410) return await disable(delivery, 'webhook.gone')
    if (answer.status < 200 || answer.status > 299) return await putOff(delivery, `status ${answer.status}`)
    await store.delivered(delivery.id, delivery.lease, answer.status)
    return true
  }

  async function pass(): Promise<number> {
    const deliveries = await store.claim(now(), settings.atOnce)
    // A store that is away in between leaves the lease to run out, and the same delivery is told again under the same id.
    const told = await Promise.all(deliveries.map((delivery) => tell(delivery).catch(() => false)))
    return told.filter(Boolean).length
  }

  return { pass, run }

  /** Claims whenever there is room, so that receivers who are slow keep nobody waiting but themselves. */
  async function run(signal: AbortSignal, everyMs: number): Promise<void> {
    const flying = new Set<Promise<unknown>>()
    while (!signal.aborted) {
      const claimed = await store.claim(now(), settings.atOnce - flying.size).catch(() => [])
      for (const delivery of claimed) {
        const told: Promise<unknown> = tell(delivery)
          .catch(() => false)
          .finally(() => flying.delete(told))
        flying.add(told)
      }
      const slept = new AbortController()
      const sleep = pause(everyMs, undefined, { signal: AbortSignal.any([signal, slept.signal]) }).catch(() => undefined)
      // One that is done may have let its target's next one go.
      await Promise.race([sleep, ...flying])
      slept.abort()
      if (flying.size >= settings.atOnce) await Promise.race(flying)
    }
    await Promise.all(flying)
  }
}
