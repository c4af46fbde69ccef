import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { keyedMac } from './mac.ts'
import { open, openJson, SEAL_OVERHEAD, SealBroken, seal, sealJson } from './seal.ts'

const key = randomBytes(32)

test('what is sealed opens with the same key for the same place only', () => {
  const text = Buffer.from('heap-buffer-overflow in parse_header')
  const sealed = seal(key, text, 'finding/fnd_1/body', randomBytes)
  assert.deepEqual(open(key, sealed, 'finding/fnd_1/body'), text)
  assert.equal(sealed.length, text.length + SEAL_OVERHEAD)
  assert.equal(sealed.includes('parse_header'), false)
  assert.throws(() => open(key, sealed, 'finding/fnd_2/body'), SealBroken)
  assert.throws(() => open(randomBytes(32), sealed, 'finding/fnd_1/body'), SealBroken)
})

test('the same text sealed twice looks different', () => {
  assert.notDeepEqual(seal(key, Buffer.from('x'), 'a', randomBytes), seal(key, Buffer.from('x'), 'a', randomBytes))
})

test('every cut and every changed byte is noticed', () => {
  const sealed = seal(key, Buffer.from('0123456789'), 'a', randomBytes)
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed)
    changed[at]! ^= 1
    assert.throws(() => open(key, changed, 'a'), SealBroken, `byte ${at}`)
    assert.throws(() => open(key, sealed.subarray(0, at), 'a'), SealBroken, `cut at ${at}`)
  }
})

test('values travel as JSON', () => {
  const value = { title: 'ü\u0000', list: [1, null] }
  assert.deepEqual(openJson(key, sealJson(key, value, 'a', randomBytes), 'a'), value)
  assert.equal(open(key, seal(key, new Uint8Array(), 'a', randomBytes), 'a').length, 0)
})

test('digests of two purposes, and under two keys, have nothing in common', () => {
  const bytes = Buffer.from('same')
  assert.deepEqual(keyedMac(key, 'target')(bytes), keyedMac(key, 'target')(bytes))
  assert.notDeepEqual(keyedMac(key, 'target')(bytes), keyedMac(key, 'word')(bytes))
  assert.notDeepEqual(keyedMac(key, 'target')(bytes), keyedMac(randomBytes(32), 'target')(bytes))
  assert.equal(keyedMac(key, 'target')(bytes).length, 32)
})
