import type { Instant } from '../../../core/kernel/instant.ts'
import type { WebhookPayload } from './webhook-payload.ts'

/** One thing to be told to one target. */
export interface Delivery {
  /** The same at every attempt, so that a receiver knows a repeat. */
  readonly id: string
  readonly lease: string
  /** The target's id; its order is that of `payload.sequence`. */
  readonly target: string
  readonly url: string
  /** One secret, or two while the target changes it; each has 24 to 64 random bytes. */
  readonly secrets: readonly Uint8Array[]
  readonly payload: WebhookPayload
  readonly attempts: number
  readonly firstTriedAt: Instant | null
}

/** Why a target is told nothing more until somebody of its own turns it on again. */
export const DISABLED = {
  'webhook.gave-up': 'The receiver took nothing for three days.',
  'webhook.gone': 'The receiver answered that it is gone for good (410).',
  'webhook.url-refused': 'The address of the receiver is one that webhooks do not go to.',
  'webhook.payload-refused': 'What was to be told holds more than ids and closed words.',
} as const

export type DisabledWhy = keyof typeof DISABLED

/**
 * Where deliveries are kept. A claim gives for each target only its lowest sequence that was not delivered, and nothing while that one
 * is claimed: a target is told in order. A claim whose lease is over may be claimed again, so each is told at least once.
 */
export interface DeliveryStore {
  claim(now: Instant, n: number): Promise<Delivery[]>
  delivered(id: string, lease: string, status: number): Promise<void>
  failed(id: string, lease: string, retryAt: Instant, why: string): Promise<void>
  /** Turns the delivery's target off; what waits for it stays. */
  disabled(id: string, lease: string, why: DisabledWhy, say: string): Promise<void>
}
