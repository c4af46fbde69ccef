import { createHmac, timingSafeEqual } from 'node:crypto'

/** Headers of a signed delivery, as the Standard Webhooks specification 1.0 names them. */
export interface SignedHeaders {
  readonly 'webhook-id': string
  /** Seconds since the epoch. */
  readonly 'webhook-timestamp': string
  /** One `v1,` and base64 for each valid secret, with blanks between: a receiver that changes its secret knows one of both. */
  readonly 'webhook-signature': string
}

/** Signs id, time and body with every secret that is valid now: HMAC-SHA-256 over `id.timestamp.body`. */
export function signDelivery(id: string, atMs: number, body: Uint8Array, secrets: readonly Uint8Array[]): SignedHeaders {
  const timestamp = String(Math.floor(atMs / 1_000))
  const signatures = secrets.map((secret) => `v1,${macOf(id, timestamp, body, secret).toString('base64')}`)
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') }
}

/** What a receiver checks: one signature fits its secret, and the time is within five minutes of its own. */
export function isSigned(headers: SignedHeaders, body: Uint8Array, secret: Uint8Array, nowMs: number): boolean {
  const timestamp = headers['webhook-timestamp']
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(nowMs / 1_000 - Number(timestamp)) > 300) return false
  const right = macOf(headers['webhook-id'], timestamp, body, secret)
  return headers['webhook-signature']
    .slice(0, 1_000)
    .split(' ')
    .filter((signature) => signature.startsWith('v1,'))
    .map((signature) => Buffer.from(signature.slice(3), 'base64'))
    .some((given) => given.length === right.length && timingSafeEqual(given, right))
}

function macOf(id: string, timestamp: string, body: Uint8Array, secret: Uint8Array): Buffer {
  return createHmac('sha256', secret).update(`${id}.${timestamp}.`).update(body).digest()
}
