import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { place } from './interval-place.ts'
import { BUCKET_LEVELS, bucketTree, buildInterval, proveInInterval, verifyInInterval } from './interval-tree.ts'
import { blindHash, intervalPrf, type Prf } from './prf.ts'
import { sha256 } from './sha256.ts'

const prf = intervalPrf(new Uint8Array(32).fill(9), sha256)

function commitmentsOf(count: number, seed = 0): Uint8Array[] {
  return Array.from({ length: count }, (_, i) => sha256(Uint8Array.of(seed, i & 255, i >> 8)))
}

function proofOf(all: readonly Uint8Array[], which: number, keyed: Prf = prf) {
  const interval = buildInterval(all, keyed, sha256)
  const position = interval.positions[which]!
  const bucket = all
    .map((commitment, i) => ({ commitment, position: interval.positions[i]! }))
    .filter((p) => p.position >> BUCKET_LEVELS === position >> BUCKET_LEVELS)
  return { interval, position, bucket, path: proveInInterval(bucket, interval.buckets, position, keyed, sha256) }
}

/** Sends every commitment to the last few places, so that they collide and go round. */
const crowded: Prf = (message) => {
  const out = prf(message)
  if (message[0] === 2) out.set([0xff, 0xff, 0xfc | (message[1]! & 3)])
  return out
}

for (const [name, keyed] of Object.entries({ spread: prf, crowded })) {
  test(`every commitment of a random set is proved and verified (${name})`, () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(255), fc.nat(), fc.nat(24 * 256 - 1), (count, seed, n, bit) => {
        const all = commitmentsOf(count, seed)
        const which = n % count
        const { interval, position, path } = proofOf(all, which, keyed)
        assert.ok(path)
        assert.equal(path.length, 24)
        assert.ok(path.every((step) => step.length === 32))
        assert.ok(verifyInInterval(all[which]!, position, path, interval.root, sha256))
        const bent = path.map((step) => step.slice())
        bent[bit >> 8]![(bit >> 3) & 31]! ^= 1 << (bit & 7)
        assert.ok(!verifyInInterval(all[which]!, position, bent, interval.root, sha256))
        assert.ok(!verifyInInterval(all[which]!, position ^ 1, path, interval.root, sha256))
        assert.ok(!verifyInInterval(sha256(all[which]!), position, path, interval.root, sha256))
      }),
      { numRuns: 12 },
    )
  })

  test(`places are all different and do not depend on the order given (${name})`, () => {
    const all = commitmentsOf(500)
    const there = place(all, keyed)
    const back = place([...all].reverse(), keyed)
    assert.equal(new Set(there.positions).size, 500)
    assert.deepEqual(there.positions, there.positions.toSorted())
    assert.deepEqual(back.positions, there.positions)
    assert.deepEqual(
      Array.from(back.order, (i) => 499 - i),
      Array.from(there.order),
    )
  })
}

test('the same build with the engine’s own hash gives the same root', () => {
  const engine = (bytes: Uint8Array) => new Uint8Array(hash('sha256', bytes, 'buffer'))
  const all = commitmentsOf(300)
  const ours = buildInterval(all, prf, sha256)
  const theirs = buildInterval(all, intervalPrf(new Uint8Array(32).fill(9), engine), engine)
  assert.deepEqual(theirs.root, ours.root)
})

test('none, one and many look alike: same sizes, no hash that can be told, nothing that repeats', () => {
  const none = buildInterval([], prf, sha256)
  assert.equal(none.buckets.length, 4096 * 32)
  for (const count of [1, 2, 700]) {
    const { interval, path } = proofOf(commitmentsOf(count), 0)
    assert.equal(interval.buckets.length, none.buckets.length)
    const known = new Set([sha256(new Uint8Array(0)), new Uint8Array(32)].map(String))
    const seen = path!.map(String)
    assert.equal(new Set(seen).size, 24)
    assert.ok(seen.every((step) => !known.has(step)))
  }
  // Another interval's secret blinds the same emptiness otherwise, so that two quiet intervals cannot be told as such.
  const other = buildInterval([], intervalPrf(new Uint8Array(32).fill(8), sha256), sha256)
  assert.notDeepEqual(other.root, none.root)
})

test('an empty neighbour and a held one are drawn from the same set of values', () => {
  // Bits of 2,000 blinds and of 2,000 held nodes are one half ones, within five standard deviations.
  const ones = (hashes: Uint8Array[]) =>
    hashes.flatMap((h) => [...h]).reduce((n, b) => n + b.toString(2).replaceAll('0', '').length, 0)
  const blinds = Array.from({ length: 2000 }, (_, i) => blindHash(prf, new Uint8Array(16), 3, i))
  const half = 2000 * 128
  for (const hashes of [blinds, commitmentsOf(2000)]) assert.ok(Math.abs(ones(hashes) - half) < 5 * Math.sqrt(half / 2))
  assert.equal(new Set(blinds.map(String)).size, 2000)
})

test('no proof for a place that holds nothing, or from commitments that are not the bucket’s', () => {
  const all = commitmentsOf(50)
  const { interval, position, bucket } = proofOf(all, 7)
  const prove = (placed: typeof bucket, at: number, roots = interval.buckets) => proveInInterval(placed, roots, at, prf, sha256)
  const top = bucketTree(interval.buckets, sha256)
  assert.deepEqual(prove(bucket, position), proveInInterval(bucket, interval.buckets, position, prf, sha256, top))
  assert.equal(prove(bucket, position ^ 1), null)
  assert.equal(prove([], position), null)
  assert.equal(prove([{ position, commitment: all[8]! }], position), null)
  assert.equal(prove([...bucket, { position: position ^ 0x800000, commitment: all[8]! }], position), null)
  assert.equal(prove(bucket, position, interval.buckets.subarray(32)), null)
  assert.throws(() => buildInterval([new Uint8Array(31)], prf, sha256), RangeError)
})
