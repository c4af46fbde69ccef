import { areHashes, HASH_BYTES, nodeHash, type Sha256, sameBytes } from './hash.ts'
import { DEPTH, place } from './interval-place.ts'
import { blindHash, MESSAGE_BYTES, type Prf } from './prf.ts'

/** The lower levels: a bucket is the subtree of 4,096 places that share `position >> 12`. */
export const BUCKET_LEVELS = 12
export const BUCKETS = 2 ** (DEPTH - BUCKET_LEVELS)

/** A commitment where it stands. */
export interface Placed {
  readonly position: number
  readonly commitment: Uint8Array
}

export interface Interval {
  readonly root: Uint8Array
  /** 4,096 roots of 32 bytes, one for each bucket, empty or not. Kept sealed, they make later proofs cheap. */
  readonly buckets: Uint8Array
  /** Position of each commitment, in the order given. */
  readonly positions: Uint32Array
}

/**
 * The tree of one interval: always 24 levels, empty subtrees stand as keyed digests, so that neither root nor any path tells how
 * many commitments there are. Throws RangeError above 2^24 commitments or on one without 32 bytes.
 */
export function buildInterval(commitments: readonly Uint8Array[], prf: Prf, sha256: Sha256): Interval {
  const { positions, order } = place(commitments, prf)
  const hashes = new Uint8Array(commitments.length * HASH_BYTES)
  const byInput = new Uint32Array(commitments.length)
  for (let i = 0; i < order.length; i++) {
    hashes.set(commitments[order[i]!]!, i * HASH_BYTES)
    byInput[order[i]!] = positions[i]!
  }
  const indices = positions.slice()
  let count = indices.length
  for (let level = 0; level < BUCKET_LEVELS; level++) count = climb(indices, hashes, count, level, prf, sha256)
  const buckets = new Uint8Array(BUCKETS * HASH_BYTES)
  const message = new Uint8Array(MESSAGE_BYTES)
  for (let bucket = 0, at = 0; bucket < BUCKETS; bucket++) {
    const held = at < count && indices[at] === bucket
    const root = held ? hashes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES) : blindHash(prf, message, BUCKET_LEVELS, bucket)
    buckets.set(root, bucket * HASH_BYTES)
    if (held) at++
  }
  return { root: bucketTree(buckets, sha256)[DEPTH - BUCKET_LEVELS]!, buckets, positions: byInput }
}

/**
 * The 24 hashes beside the way from a position to the root, lowest first. Needs all commitments of its bucket (`position >> 12`)
 * and the stored bucket roots (and, for many proofs of one interval, their `bucketTree` made once); null where the position holds none of them or they do not give the stored root.
 */
export function proveInInterval(
  bucketCommitments: readonly Placed[],
  buckets: Uint8Array,
  position: number,
  prf: Prf,
  sha256: Sha256,
  top: readonly Uint8Array[] | null = null,
): Uint8Array[] | null {
  const bucket = position >>> BUCKET_LEVELS
  const placed = [...bucketCommitments].sort((a, b) => a.position - b.position)
  if (buckets.length !== BUCKETS * HASH_BYTES || !placed.some((p) => p.position === position)) return null
  if (placed.some((p) => p.position >>> BUCKET_LEVELS !== bucket || p.commitment.length !== HASH_BYTES)) return null
  const indices = Uint32Array.from(placed, (p) => p.position)
  const hashes = new Uint8Array(placed.length * HASH_BYTES)
  for (const [i, { commitment }] of placed.entries()) hashes.set(commitment, i * HASH_BYTES)
  const message = new Uint8Array(MESSAGE_BYTES)
  const path: Uint8Array[] = []
  let count = placed.length
  for (let level = 0; level < BUCKET_LEVELS; level++) {
    const beside = ((position >>> level) ^ 1) >>> 0
    const at = indices.subarray(0, count).indexOf(beside)
    path.push(at < 0 ? blindHash(prf, message, level, beside) : hashes.slice(at * HASH_BYTES, (at + 1) * HASH_BYTES))
    count = climb(indices, hashes, count, level, prf, sha256)
  }
  const stored = buckets.subarray(bucket * HASH_BYTES, (bucket + 1) * HASH_BYTES)
  if (!sameBytes(hashes.subarray(0, HASH_BYTES), stored)) return null
  for (const [level, nodes] of (top ?? bucketTree(buckets, sha256)).slice(0, -1).entries()) {
    const beside = (bucket >>> level) ^ 1
    path.push(nodes.slice(beside * HASH_BYTES, (beside + 1) * HASH_BYTES))
  }
  return path
}

/** The root that a commitment at a position leads to along its path; null for a path no interval can have. */
export function intervalRoot(
  commitment: Uint8Array,
  position: number,
  path: readonly Uint8Array[],
  sha256: Sha256,
): Uint8Array | null {
  if (!Number.isInteger(position) || position < 0 || position >= 2 ** DEPTH) return null
  if (path.length !== DEPTH || !areHashes(path) || commitment.length !== HASH_BYTES) return null
  let hash = commitment
  for (const [level, step] of path.entries()) {
    hash = (position >>> level) & 1 ? nodeHash(step, hash, sha256) : nodeHash(hash, step, sha256)
  }
  return hash
}

/** Whether that commitment stands at that position of the interval with that root. */
export function verifyInInterval(
  commitment: Uint8Array,
  position: number,
  path: readonly Uint8Array[],
  root: Uint8Array,
  sha256: Sha256,
): boolean {
  const found = intervalRoot(commitment, position, path, sha256)
  return found !== null && sameBytes(found, root)
}

/** Replaces the held nodes of a level, in place, by their parents; how many there are. */
function climb(indices: Uint32Array, hashes: Uint8Array, count: number, level: number, prf: Prf, sha256: Sha256): number {
  const message = new Uint8Array(MESSAGE_BYTES)
  const node = new Uint8Array(1 + 2 * HASH_BYTES)
  node[0] = 1
  let parents = 0
  for (let i = 0; i < count; i++) {
    const index = indices[i]!
    const right = index & 1
    const at = i * HASH_BYTES
    for (let b = 0, to = 1 + right * HASH_BYTES; b < HASH_BYTES; b++) node[to + b] = hashes[at + b]!
    if (!right && i + 1 < count && indices[i + 1] === index + 1) {
      for (let b = 0; b < HASH_BYTES; b++) node[1 + HASH_BYTES + b] = hashes[at + HASH_BYTES + b]!
      i++
    } else {
      node.set(blindHash(prf, message, level, index ^ 1), 1 + (1 - right) * HASH_BYTES)
    }
    hashes.set(sha256(node), parents * HASH_BYTES)
    indices[parents++] = index >>> 1
  }
  return parents
}

/** The levels above the buckets, from the bucket roots up to the root itself: 4,095 hashes. */
export function bucketTree(buckets: Uint8Array, sha256: Sha256): Uint8Array[] {
  const levels = [buckets]
  const node = new Uint8Array(1 + 2 * HASH_BYTES)
  node[0] = 1
  for (let below = buckets; below.length > HASH_BYTES; ) {
    const above = new Uint8Array(below.length / 2)
    for (let at = 0; at < above.length; at += HASH_BYTES) {
      node.set(below.subarray(2 * at, 2 * at + 2 * HASH_BYTES), 1)
      above.set(sha256(node), at)
    }
    levels.push(above)
    below = above
  }
  return levels
}
