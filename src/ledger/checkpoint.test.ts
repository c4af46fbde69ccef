import assert from 'node:assert/strict'
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { test } from 'node:test'
import { fromBase64 } from './base64.ts'
import { openCheckpoint, parseCheckpoint, signCheckpoint } from './checkpoint.ts'
import { emptyRoot } from './hash.ts'
import { formatKey, isKeyName, noteKey, parseKey } from './key.ts'
import { parseNote, signatureChecks, signNote, verifyFrom, verifyNote } from './note.ts'
import { sha256 } from './sha256.ts'

const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')

function privateKey(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' })
}

function publicBytes(key: KeyObject): Uint8Array {
  return new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32))
}

function verifySignature(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const key = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' })
  return verify(null, message, key, signature)
}

function signer(name: string, fill: number) {
  const secret = privateKey(new Uint8Array(32).fill(fill))
  const key = noteKey(name, publicBytes(secret), sha256)
  return { key, sign: (message: Uint8Array) => new Uint8Array(sign(null, message, secret)) }
}

// The published example of Go's note package: its verifier key, its signer's seed, the note that they make.
const GO_KEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const GO_SEED = 'AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz'
const GO_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
const GO_LINE = '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n'

test("Go's note: its key is read, its signature holds, and signing again gives the same bytes", () => {
  const key = parseKey(GO_KEY, sha256)!
  assert.equal(formatKey(key), GO_KEY)
  assert.ok(verifyNote(parseNote(`${GO_TEXT}\n${GO_LINE}`)!, [key], verifySignature).ok)
  const secret = privateKey(fromBase64(GO_SEED)!.slice(1))
  const own = noteKey('PeterNeumann', publicBytes(secret), sha256)
  const made = signNote(GO_TEXT, [{ key: own, sign: (m) => new Uint8Array(sign(null, m, secret)) }])
  assert.equal(made, `${GO_TEXT}\n${GO_LINE}`)
})

test('the example of the checkpoint specification is read', () => {
  const origin = 'example.com/behind-the-sofa'
  const signature = 'Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8='
  const text = `${origin}\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— ${origin} ${signature}\n`
  const read = parseCheckpoint(text)!
  assert.equal(read.origin, origin)
  assert.equal(read.size, 20_852_163)
  assert.deepEqual(read.note.signatures[0]!.id, Uint8Array.of(0x03, 0x3d, 0xe0, 0xae))
})

test('any slice of a verifier key is no key', () => {
  for (let i = 0; i <= GO_KEY.length; i++) {
    for (let j = i; j <= GO_KEY.length; j++) {
      if (i > 0 || j < GO_KEY.length) assert.equal(parseKey(GO_KEY.slice(i, j), sha256), null)
    }
  }
  for (const name of ['', 'a b', 'a+b', 'a\u00a0b', 'a\u2003b', 'a\nb', 'a\0', '\ud800', 'a'.repeat(256)]) {
    assert.ok(!isKeyName(name))
  }
})

const log = signer('weir.example/log', 1)
const witness = signer('witness.example', 2)
const CHECKPOINT = { origin: 'weir.example/log', size: 0, root: emptyRoot(sha256) }
const SIGNED = signCheckpoint(CHECKPOINT, [log, witness])

test('a checkpoint signed by its log is believed; a witness may sign below', () => {
  const opened = openCheckpoint(SIGNED, { keys: [log.key], verifySignature })
  assert.ok(opened.ok)
  assert.equal(opened.checkpoint.note.signatures.length, 2)
  assert.equal(signatureChecks(opened.checkpoint.note, [log.key, witness.key]).length, 2)
})

test('a checkpoint is refused with the reason', () => {
  const code = (text: string, trust: object) => {
    const opened = openCheckpoint(text, { keys: [log.key], verifySignature, ...trust })
    return opened.ok ? null : opened.code
  }
  assert.equal(code(SIGNED, { keys: [] }), 'note.unknown-key')
  assert.equal(code(SIGNED, { keys: [witness.key] }), 'note.unknown-key')
  assert.equal(code(SIGNED, { origin: 'other.example/log' }), 'checkpoint.origin')
  assert.equal(code(SIGNED.replace('\n0\n', '\n1\n'), {}), 'note.signature')
  const lines = SIGNED.split('\n')
  assert.equal(code([...lines.slice(0, 4), lines[4]!.slice(0, -8) + 'AAAAAAA=', ''].join('\n'), {}), 'note.signature')
  const shapes = [
    '',
    '\n\n',
    SIGNED.slice(0, -1),
    SIGNED.replace('\n0\n', '\n00\n'),
    SIGNED.replace('\n0\n', '\n-1\n'),
    `\n${SIGNED}`,
  ]
  shapes.push(SIGNED.replace('\n\n', '\n'), SIGNED.replace('\n0\n', '\n9007199254740993\n'), SIGNED.replace('—', '-'))
  shapes.push(SIGNED.replaceAll('\n', '\r\n'), `${SIGNED}\n`, 'a\n'.repeat(200_000))
  for (const text of shapes) assert.equal(code(text, {}), 'checkpoint.form', JSON.stringify(text.slice(0, 80)))
  assert.throws(() => signCheckpoint(CHECKPOINT, [witness]), RangeError)
})

test('answers had by promise stand in for a verifier that answers at once', () => {
  const note = parseNote(SIGNED)!
  const checks = signatureChecks(note, [log.key, witness.key])
  const keys = [log.key]
  assert.ok(openCheckpoint(SIGNED, { keys, verifySignature: verifyFrom(checks, [true, false]) }).ok)
  assert.ok(!openCheckpoint(SIGNED, { keys, verifySignature: verifyFrom(checks, [false, true]) }).ok)
  assert.ok(!openCheckpoint(SIGNED, { keys, verifySignature: verifyFrom([], []) }).ok)
})

test('a signature that has not 64 bytes is wrong before any verifier is asked', () => {
  const note = parseNote(SIGNED)!
  const short = { ...note, signatures: note.signatures.map((line) => ({ ...line, signature: line.signature.slice(1) })) }
  assert.ok(verifyNote(note, [log.key], () => true).ok)
  assert.ok(!verifyNote(short, [log.key], () => true).ok)
})
