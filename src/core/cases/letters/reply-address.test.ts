import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import test from 'node:test'
import { parseReplyAddress, replyAddress, replyToken } from './reply-address.ts'

const mac = (bytes: Uint8Array) => new Uint8Array(createHmac('sha256', 'key').update(bytes).digest())
const box = { local: 'reports', domain: 'weir.example' }
const facts = { purpose: 'reply', case: 'c1', participant: 'p1', generation: 1 } as const

test('an address is opaque, comes back from any case of letters, and changes with its generation', () => {
  const token = replyToken(mac, facts)
  const address = replyAddress(token, box)
  assert.match(address, /^reports\+r[0-9a-z]{32}@weir\.example$/)
  assert.equal(parseReplyAddress(address.toUpperCase(), box), token)
  assert.notEqual(replyToken(mac, { ...facts, generation: 2 }), token)
  assert.notEqual(replyToken(mac, { ...facts, purpose: 'bounce' }).slice(1), token.slice(1))
  assert.ok(address.split('@')[0]!.length <= 64)
})

test('what is not one of ours has no token', () => {
  const token = replyToken(mac, facts)
  const others = [
    '',
    'reports@weir.example',
    `reports+${token}@weir.example.evil`,
    `x+${token}@weir.example`,
    `reports+${token}x@weir.example`,
  ]
  for (const other of [...others, `reports+${'r'.repeat(1e6)}@weir.example`, 'reports+@weir.example'])
    assert.equal(parseReplyAddress(other, box), null)
})
