import { emptyRoot, nodeHash, type Sha256 } from './hash.ts'

/** Hash of the perfect subtree over leaves [index * 2^height, (index + 1) * 2^height); null where it is not held. */
export type NodeReader = (height: number, index: number) => Uint8Array | null

/** The roots of the perfect subtrees that make up a tree, widest first: all that appending needs to know. */
export interface Frontier {
  readonly size: number
  readonly roots: readonly Uint8Array[]
}

export const EMPTY: Frontier = { size: 0, roots: [] }

export function isSize(n: unknown): n is number {
  return Number.isSafeInteger(n) && (n as number) >= 0
}

/** The frontier after one more leaf hash. Costs one hash for each subtree that becomes complete. */
export function append(frontier: Frontier, leaf: Uint8Array, sha256: Sha256): Frontier {
  const roots = [...frontier.roots]
  let node = leaf
  for (let size = frontier.size; size % 2 === 1; size = (size - 1) / 2) node = nodeHash(roots.pop()!, node, sha256)
  roots.push(node)
  return { size: frontier.size + 1, roots }
}

/** Root of the whole tree. RFC 6962 §2.1. */
export function frontierRoot(frontier: Frontier, sha256: Sha256): Uint8Array {
  return fold(frontier.roots, sha256)
}

/** A perfect subtree: 2^height leaves from index * 2^height on. */
export interface Node {
  readonly height: number
  readonly index: number
}

/** The perfect subtrees that cover leaves [start, end), widest first, where start is a multiple of the widest. */
export function coveringNodes(start: number, end: number): Node[] {
  const nodes: Node[] = []
  let at = start
  while (at < end) {
    let height = 0
    let width = 1
    while (width * 2 <= end - at && at % (width * 2) === 0) {
      width *= 2
      height++
    }
    nodes.push({ height, index: at / width })
    at += width
  }
  return nodes
}

/** Merkle tree hash of leaves [start, end) from held nodes; null when one is not held. */
export function rangeHash(start: number, end: number, read: NodeReader, sha256: Sha256): Uint8Array | null {
  const hashes: Uint8Array[] = []
  for (const { height, index } of coveringNodes(start, end)) {
    const hash = read(height, index)
    if (!hash) return null
    hashes.push(hash)
  }
  return fold(hashes, sha256)
}

/** Root of the first `size` leaves; null when a node is not held. */
export function rootAt(size: number, read: NodeReader, sha256: Sha256): Uint8Array | null {
  return rangeHash(0, size, read, sha256)
}

/** A reader over leaf hashes in memory: for tests and small trees; each node is worked out anew. */
export function readLeaves(leaves: readonly Uint8Array[], sha256: Sha256): NodeReader {
  const read: NodeReader = (height, index) => {
    if (height === 0) return leaves[index] ?? null
    const left = read(height - 1, 2 * index)
    const right = left && read(height - 1, 2 * index + 1)
    return right && nodeHash(left, right, sha256)
  }
  return read
}

function fold(roots: readonly Uint8Array[], sha256: Sha256): Uint8Array {
  let hash = roots[roots.length - 1] ?? emptyRoot(sha256)
  for (let i = roots.length - 2; i >= 0; i--) hash = nodeHash(roots[i]!, hash, sha256)
  return hash
}
