import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instant } from '../../../core/kernel/instant.ts'
import { isSigned, signDelivery } from './sign-delivery.ts'
import { payloadBytes } from './webhook-payload.ts'

const old = new Uint8Array(24).fill(1)
const fresh = new Uint8Array(24).fill(2)
const body = new TextEncoder().encode('{"test": 2432232314}')

test('the signature is the one that the Standard Webhooks specification computes', () => {
  // The specification's own example: secret, id, timestamp and payload as its libraries test them.
  const secret = new Uint8Array(Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64'))
  const headers = signDelivery('msg_p5jXN8AQM9LWM0D4loKWxJek', 1_614_265_330_000, body, [secret])
  assert.equal(headers['webhook-signature'], 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
})

test('while a secret changes, a receiver with either one is content; a changed body, id or old time is not', () => {
  const headers = signDelivery('dlv_1', 1_000_000, body, [old, fresh])
  assert.ok(isSigned(headers, body, old, 1_000_000) && isSigned(headers, body, fresh, 1_299_000))
  assert.ok(!isSigned(headers, body, new Uint8Array(24), 1_000_000))
  assert.ok(!isSigned(headers, new Uint8Array([1]), old, 1_000_000))
  assert.ok(!isSigned({ ...headers, 'webhook-id': 'dlv_2' }, body, old, 1_000_000))
  assert.ok(!isSigned(headers, body, old, 1_302_000))
})

test('a payload holds ids and closed words and nothing else', () => {
  const payload = {
    type: 'case.embargo-ended',
    at: instant(0),
    sequence: 7,
    facts: { case: `case_${'0'.repeat(24)}`, state: 'exited' },
  }
  const text = new TextDecoder().decode(payloadBytes(payload)!)
  assert.equal(
    text,
    `{"type":"case.embargo-ended","timestamp":"1970-01-01T00:00:00.000Z","sequence":7,"data":{"case":"case_${'0'.repeat(24)}","state":"exited"}}`,
  )
  for (const value of ['heap overflow in libharbour', 'libharbour@1.2', 'https://x', 'CVE-2026-1', 'a'.repeat(100), '', 'x_y'])
    assert.equal(payloadBytes({ ...payload, facts: { case: value } }), null, value)
  assert.equal(payloadBytes({ ...payload, type: 'Free text' }), null)
})
