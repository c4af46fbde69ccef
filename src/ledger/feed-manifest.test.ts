import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type FeedManifest, feedText, openFeed, parseFeed, signFeed } from './feed-manifest.ts'
import { noteKey } from './key.ts'
import { sha256 } from './sha256.ts'

const KEY = noteKey('weir.example.org/ledger', new Uint8Array(32).fill(7), sha256)
// Any signature of 64 bytes whose first byte is that of the message's digest: enough to tell a changed text.
const sign = (message: Uint8Array) => new Uint8Array(64).fill(sha256(message)[0]!)
const holds = (_: Uint8Array, message: Uint8Array, signature: Uint8Array) =>
  signature.every((byte) => byte === sha256(message)[0])
const MANIFEST: FeedManifest = {
  origin: KEY.name,
  sequence: 12,
  issuedAt: Date.UTC(2030, 0, 1),
  expiresAt: Date.UTC(2030, 0, 8),
  files: [{ path: 'advisories.ndjson', bytes: 5, sha256: 'ab'.repeat(32) }],
}

test('what was signed is read as it was, and opened by its own key only', () => {
  const text = signFeed(MANIFEST, [{ key: KEY, sign }])
  const { note: _, ...read } = parseFeed(text)!
  assert.deepEqual(read, MANIFEST)
  assert.equal(openFeed(text, KEY, holds).ok, true)
  const other = noteKey('other.example', KEY.publicKey, sha256)
  assert.deepEqual(openFeed(text, other, holds), {
    ok: false,
    code: 'note.unknown-key',
    say: 'no signature is by a key that is trusted here',
  })
  assert.throws(() => signFeed(MANIFEST, [{ key: other, sign }]), RangeError)
})

test('a changed character anywhere in the text is no feed, or not this one', () => {
  const text = signFeed(MANIFEST, [{ key: KEY, sign: () => new Uint8Array(64).fill(9) }])
  const exact = parseFeed(text)!.note.text
  const strict = (_: Uint8Array, message: Uint8Array) => new TextDecoder().decode(message) === exact
  assert.equal(openFeed(text, KEY, strict).ok, true)
  for (let at = 0; at < exact.length; at++) {
    const changed = `${text.slice(0, at)}${text[at] === '0' ? '1' : '0'}${text.slice(at + 1)}`
    assert.equal(openFeed(changed, KEY, strict).ok, false, `at ${at}`)
  }
})

test('never throws on hostile text, and takes nothing that it would not write', () => {
  const fields = fc.record({
    sequence: fc.oneof(fc.integer(), fc.double(), fc.string(), fc.constant(null)),
    issuedAt: fc.oneof(
      fc.constant('2030-01-01T00:00:00.000Z'),
      fc.constant('2030-13-01T00:00:00.000Z'),
      fc.string(),
      fc.integer(),
    ),
    expiresAt: fc.oneof(fc.constant('2030-01-08T00:00:00.000Z'), fc.constant('2029-01-08T00:00:00.000Z'), fc.constant([])),
    files: fc.oneof(
      fc.array(
        fc.record({
          path: fc.oneof(fc.constantFrom('a', '../a', 'A', 'a/b', ''), fc.string()),
          bytes: fc.oneof(fc.nat(), fc.integer()),
          sha256: fc.constantFrom('ab'.repeat(32), 'AB'.repeat(32), 'x'),
        }),
        { maxLength: 3 },
      ),
      fc.anything(),
    ),
  })
  fc.assert(
    fc.property(
      fc.oneof(
        fields.map((one) => JSON.stringify(one)),
        fc.json(),
        fc.string(),
      ),
      (json) => {
        const read = parseFeed(`${KEY.name} weir-feed/1\n${json}\n\n— ${KEY.name} AAAAAAAAAAA=\n`)
        if (read !== null) assert.equal(typeof feedText(read), 'string')
      },
    ),
    { numRuns: 1000 },
  )
})
