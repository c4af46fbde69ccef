import assert from 'node:assert/strict'
import { generateKeyPairSync, hash, sign } from 'node:crypto'
import { test } from 'node:test'
import { canonicalBytes } from '../../ledger/statement.ts'
import { sha256, verifySignature } from '../log/trust.ts'
import { checkDocketReceipt } from './verify-receipt.ts'

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const raw = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32))
const trust = { keys: [{ name: 'weir.test', id: new Uint8Array(4), publicKey: raw }], sha256, verifySignature }
const signed = (value: object) => sign(null, canonicalBytes(value)!, privateKey).toString('base64')

function receipt() {
  const statement = { type: 'weir/docket-receipt/1', docket: 'dkt_1', why: 'ended', destroyed: { keys: 5 }, residual: [] }
  const digest = hash('sha256', canonicalBytes(statement)!, 'hex')
  const sides = { developer: { person: 'per_1', at: 5 }, office: null }
  const signatures = { type: 'weir/docket-receipt-signatures/1', docket: 'dkt_1', digest, ...sides }
  return {
    v: 1,
    statement,
    signature: signed(statement),
    digest,
    instance: { origin: 'weir.test', key: Buffer.from(raw).toString('base64') },
    signed: signatures,
    signedSignature: signed(signatures),
    ledger: null,
  }
}

const codeOf = (value: unknown) => {
  const checked = checkDocketReceipt(value, trust)
  return checked.ok ? 'ok' : checked.code
}

test('a whole receipt holds, and says which side has signed', () => {
  const checked = checkDocketReceipt(receipt(), trust)
  assert.ok(checked.ok)
  assert.deepEqual([checked.receipt.developer, checked.receipt.office, checked.receipt.inLedger], [5, null, false])
})

test('no change of any part survives', () => {
  const good = receipt()
  const { statement } = good
  assert.equal(codeOf({ ...good, statement: { ...statement, why: 'withdrawn' } }), 'docket-receipt.digest')
  const other = { ...statement, docket: 'dkt_2' }
  const digest = hash('sha256', canonicalBytes(other)!, 'hex')
  assert.equal(codeOf({ ...good, statement: other, digest }), 'docket-receipt.digest')
  const both = { ...good.signed, office: { person: 'per_2', at: 6 } }
  assert.equal(codeOf({ ...good, signed: both }), 'docket-receipt.signature')
  assert.equal(codeOf({ ...good, signature: good.signedSignature }), 'docket-receipt.signature')
  const strange = Buffer.alloc(32, 7).toString('base64')
  assert.equal(codeOf({ ...good, instance: { ...good.instance, key: strange } }), 'docket-receipt.key')
  assert.equal(codeOf({ ...good, ledger: { v: 1 } }), 'docket-receipt.ledger')
})

test('of all its bytes none can be another one', () => {
  const bytes = JSON.stringify(receipt())
  const survived = Array.from(bytes).flatMap((sign, n) => {
    const changed = bytes.slice(0, n) + String.fromCharCode(sign.charCodeAt(0) ^ 1) + bytes.slice(n + 1)
    try {
      return codeOf(JSON.parse(changed)) === 'ok' ? [changed.slice(Math.max(0, n - 20), n + 20)] : []
    } catch {
      return []
    }
  })
  assert.deepEqual(survived, [])
})

test('whatever is no receipt is refused, never thrown at', () => {
  for (const value of [
    null,
    5,
    'x',
    [],
    {},
    { v: 1 },
    { ...receipt(), v: 2 },
    { ...receipt(), signed: null },
    { ...receipt(), digest: 7 },
  ])
    assert.notEqual(codeOf(value), 'ok')
})
