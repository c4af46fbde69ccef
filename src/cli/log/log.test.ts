import assert from 'node:assert/strict'
import { generateKeyPairSync, sign } from 'node:crypto'
import test from 'node:test'
import { Stop } from '../exit.ts'
import { headsFile, parseHeads } from './heads.ts'
import { givenKey, verifySignature } from './trust.ts'

test('signatures are checked by the engine, and a key that is none verifies nothing', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const raw = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32))
  const message = new TextEncoder().encode('x')
  const signature = new Uint8Array(sign(null, message, privateKey))
  assert.ok(verifySignature(raw, message, signature))
  assert.ok(!verifySignature(raw, new TextEncoder().encode('y'), signature))
  assert.ok(!verifySignature(raw.subarray(1), message, signature))
  assert.throws(() => givenKey('log+00000000+AAAA'), Stop)
})

test('what was seen before is read whole or not at all', () => {
  assert.deepEqual(parseHeads('{"v":1,"logs":{"a":{"key":"k","note":"n","at":"t"},"b":{}},"places":{"p":"a","q":1}}'), {
    logs: { a: { key: 'k', note: 'n', at: 't' } },
    places: { p: 'a' },
  })
  for (const bad of ['', '{', '[]', '{"v":2}', 'null']) assert.equal(parseHeads(bad), null)
  assert.equal(headsFile({ XDG_STATE_HOME: '/s' }), '/s/weir/ledger-heads.json')
  assert.match(headsFile({}, 'darwin'), /Application Support/)
})
