import { areHashes, emptyRoot, HASH_BYTES, nodeHash, type Sha256, sameBytes } from './hash.ts'
import { type Failed, fail, HELD, type Outcome } from './outcome.ts'
import { isSize } from './tree.ts'

export type ProofError =
  | 'proof.size' // sizes, indices or subtree bounds that no tree has
  | 'proof.hash' // a hash that has not 32 bytes
  | 'proof.length' // more or fewer hashes than the shape of the tree asks for
  | 'proof.root' // well shaped, and it leads to another root

/** More hashes than any tree of 2^53 leaves can ask for: two for each level. */
const LONGEST = 2 * 53

/** Checks that a leaf hash stands at `index` in the tree of `size` leaves with that root. RFC 9162 §2.1.3.2. */
export function verifyInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
  sha256: Sha256,
): Outcome<ProofError> {
  if (!isSize(index) || !isSize(size) || index >= size) return fail('proof.size', `a tree of ${size} has no leaf ${index}`)
  const misshapen = checkHashes(proof, leaf, root)
  if (misshapen) return misshapen
  let at = index
  let last = size - 1
  let hash = leaf
  for (const step of proof) {
    if (last === 0) return fail('proof.length', 'the proof goes on above the root')
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(step, hash, sha256)
      while (at % 2 === 0) {
        at /= 2
        last = half(last)
      }
    } else {
      hash = nodeHash(hash, step, sha256)
    }
    at = half(at)
    last = half(last)
  }
  if (last !== 0) return fail('proof.length', 'the proof ends below the root')
  return sameBytes(hash, root) ? HELD : fail('proof.root', 'the proof leads to another root')
}

/** Checks that the tree of `from` leaves (at least one) is a prefix of the tree of `to` leaves. RFC 9162 §2.1.4.2. */
export function verifyConsistency(
  from: number,
  to: number,
  proof: readonly Uint8Array[],
  fromRoot: Uint8Array,
  toRoot: Uint8Array,
  sha256: Sha256,
): Outcome<ProofError> {
  if (!isSize(from) || from === 0) return fail('proof.size', 'consistency starts at one leaf: an empty tree is a prefix of all')
  return verifySubtree(0, from, to, proof, fromRoot, toRoot, sha256)
}

/** Whether [start, end) can be a node of some tree: start is a multiple of the next power of two that holds the range. */
export function isSubtree(start: number, end: number): boolean {
  if (!isSize(start) || !isSize(end) || start > end) return false
  let width = 1
  while (width < end - start) width *= 2
  return start % width === 0
}

/** Checks that a leaf hash stands at `index` within the subtree [start, end). draft-ietf-plants-merkle-tree-certs, subtrees. */
export function verifyInSubtree(
  leaf: Uint8Array,
  index: number,
  start: number,
  end: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
  sha256: Sha256,
): Outcome<ProofError> {
  if (!isSubtree(start, end)) return fail('proof.size', `[${start}, ${end}) is not a subtree`)
  return verifyInclusion(leaf, index - start, end - start, proof, root, sha256)
}

/** Checks that the subtree [start, end) is part of the tree of `size` leaves. Same draft; from 0 it is RFC 9162 consistency. */
export function verifySubtree(
  start: number,
  end: number,
  size: number,
  proof: readonly Uint8Array[],
  subtreeRoot: Uint8Array,
  root: Uint8Array,
  sha256: Sha256,
): Outcome<ProofError> {
  if (!isSubtree(start, end) || !isSize(size) || end > size) return fail('proof.size', `[${start}, ${end}) is not in ${size}`)
  if (start === end) return verifyEmptySubtree(proof, subtreeRoot, sha256)
  // Without a proof nothing is hashed: the whole tree is its own subtree, and the two roots are only compared.
  const misshapen = proof.length === 0 ? null : checkHashes(proof, subtreeRoot, root)
  if (misshapen) return misshapen
  let first = start
  let at = end - 1
  let last = size - 1
  while (first !== at && (end === size || at % 2 === 1)) [first, at, last] = [half(first), half(at), half(last)]
  // A perfect subtree is itself a node of the tree, so its hash starts the walk; another one starts with the proof's first.
  const given = first === at
  const seed = given ? subtreeRoot : proof[0]
  if (!seed) return fail('proof.length', 'the proof is empty')
  let inner = seed
  let outer = seed
  for (let i = given ? 0 : 1; i < proof.length; i++) {
    const step = proof[i]!
    if (last === 0) return fail('proof.length', 'the proof goes on above the root')
    if (at % 2 === 1 || at === last) {
      if (first < at) inner = nodeHash(step, inner, sha256)
      outer = nodeHash(step, outer, sha256)
      while (at % 2 === 0) [first, at, last] = [half(first), half(at), half(last)]
    } else {
      outer = nodeHash(outer, step, sha256)
    }
    ;[first, at, last] = [half(first), half(at), half(last)]
  }
  if (last !== 0) return fail('proof.length', 'the proof ends below the root')
  if (!sameBytes(inner, subtreeRoot)) return fail('proof.root', 'the proof leads to another earlier root')
  return sameBytes(outer, root) ? HELD : fail('proof.root', 'the proof leads to another root')
}

function verifyEmptySubtree(proof: readonly Uint8Array[], root: Uint8Array, sha256: Sha256): Outcome<ProofError> {
  if (proof.length > 0) return fail('proof.length', 'an empty subtree needs no proof')
  return sameBytes(root, emptyRoot(sha256)) ? HELD : fail('proof.root', 'not the root of an empty subtree')
}

function checkHashes(proof: readonly Uint8Array[], a: Uint8Array, b: Uint8Array): Failed<ProofError> | null {
  if (proof.length > LONGEST) return fail('proof.length', `more than ${LONGEST} hashes`)
  if (!areHashes(proof) || a.length !== HASH_BYTES || b.length !== HASH_BYTES) return fail('proof.hash', 'a hash has 32 bytes')
  return null
}

function half(n: number): number {
  return Math.floor(n / 2)
}
