import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { leafHash } from './hash.ts'
import { verifyConsistency, verifyInclusion } from './proof.ts'
import { consistencyRanges, inclusionRanges, proofFrom } from './prove.ts'
import { sha256 } from './sha256.ts'
import { append, EMPTY, frontierRoot, readLeaves, rootAt } from './tree.ts'

const leaves = Array.from({ length: 300 }, (_, i) => leafHash(Uint8Array.of(i & 255, i >> 8), sha256))
const read = readLeaves(leaves, sha256)
const rootOf = (size: number) => rootAt(size, read, sha256)!

function flip(bytes: Uint8Array, bit: number): Uint8Array {
  const out = bytes.slice()
  out[(bit >> 3) % out.length]! ^= 1 << (bit & 7)
  return out
}

test('appending one by one gives the root of the leaves taken together', () => {
  let frontier = EMPTY
  for (const [i, leaf] of leaves.entries()) {
    assert.deepEqual(frontierRoot(frontier, sha256), rootOf(i))
    frontier = append(frontier, leaf, sha256)
  }
})

test('every inclusion proof up to 40 leaves verifies', () => {
  for (let size = 1; size <= 40; size++) {
    for (let index = 0; index < size; index++) {
      const proof = proofFrom(inclusionRanges(index, size), read, sha256)!
      assert.deepEqual(verifyInclusion(leaves[index]!, index, size, proof, rootOf(size), sha256), { ok: true })
    }
  }
})

test('every consistency proof up to 40 leaves verifies', () => {
  for (let to = 1; to <= 40; to++) {
    for (let from = 1; from <= to; from++) {
      const proof = proofFrom(consistencyRanges(from, to), read, sha256)!
      assert.deepEqual(verifyConsistency(from, to, proof, rootOf(from), rootOf(to), sha256), { ok: true }, `${from} ${to}`)
    }
  }
})

const sizes = fc
  .integer({ min: 2, max: 300 })
  .chain((size) => fc.tuple(fc.constant(size), fc.integer({ min: 0, max: size - 1 })))
const anyBit = fc.nat(255)

test('an inclusion proof with any one bit, hash or number changed is refused', () => {
  fc.assert(
    fc.property(sizes, anyBit, fc.nat(20), ([size, index], bit, which) => {
      const proof = proofFrom(inclusionRanges(index, size), read, sha256)!
      const root = rootOf(size)
      const leaf = leaves[index]!
      const at = which % proof.length
      assert.ok(verifyInclusion(leaf, index, size, proof, root, sha256).ok)
      assert.ok(!verifyInclusion(flip(leaf, bit), index, size, proof, root, sha256).ok)
      assert.ok(!verifyInclusion(leaf, index, size, proof, flip(root, bit), sha256).ok)
      assert.ok(!verifyInclusion(leaf, index, size, proof.with(at, flip(proof[at]!, bit)), root, sha256).ok)
      assert.ok(!verifyInclusion(leaf, index, size, proof.toSpliced(at, 1), root, sha256).ok)
      assert.ok(!verifyInclusion(leaf, index, size, proof.toSpliced(at, 0, root), root, sha256).ok)
      assert.ok(!verifyInclusion(leaf, (index + 1) % size, size, proof, root, sha256).ok)
    }),
    { numRuns: 200 },
  )
})

test('a consistency proof with any one bit or hash changed is refused', () => {
  fc.assert(
    fc.property(sizes, anyBit, fc.nat(20), ([to, less], bit, which) => {
      const from = less + 1
      const proof = proofFrom(consistencyRanges(from, to), read, sha256)!
      const [a, b] = [rootOf(from), rootOf(to)]
      assert.ok(verifyConsistency(from, to, proof, a, b, sha256).ok)
      assert.ok(!verifyConsistency(from, to, proof, flip(a, bit), b, sha256).ok)
      assert.ok(!verifyConsistency(from, to, proof, a, flip(b, bit), sha256).ok)
      assert.ok(!verifyConsistency(from, to, [...proof, a], a, b, sha256).ok)
      if (proof.length === 0) return
      const at = which % proof.length
      assert.ok(!verifyConsistency(from, to, proof.with(at, flip(proof[at]!, bit)), a, b, sha256).ok)
      assert.ok(!verifyConsistency(from, to, proof.toSpliced(at, 1), a, b, sha256).ok)
    }),
    { numRuns: 200 },
  )
})

test('numbers and hashes that no tree has are refused, whatever they are', () => {
  const hash = fc.uint8Array({ maxLength: 40 })
  const number = fc.oneof(fc.double(), fc.integer(), fc.constant(Number.MAX_SAFE_INTEGER))
  fc.assert(
    fc.property(number, number, fc.array(hash, { maxLength: 200 }), hash, (a, b, proof, root) => {
      assert.ok(!verifyInclusion(root, a, b, proof, flip(Uint8Array.of(...root, 0), 0), sha256).ok)
      assert.ok(!verifyConsistency(a, b, proof, root, flip(Uint8Array.of(...root, 0), 0), sha256).ok)
    }),
  )
})
