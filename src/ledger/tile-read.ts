import { HASH_BYTES, nodeHash, type Sha256 } from './hash.ts'
import type { Range } from './prove.ts'
import { hashIn, TILE_WIDTH, type Tile, tilePath, tileWidth } from './tile.ts'
import { coveringNodes, type Node, rangeHash } from './tree.ts'

/** A walk that asks for static files by path and is handed their bytes, or null where there are none: no promise inside. */
export type Reading<Result> = Generator<string, Result, Uint8Array | null>

/** Asks for a tile of a tree; where its partial file is gone because the log grew, for the full one, cut. Null: not there. */
export function* readTile(tile: Tile): Reading<Uint8Array | null> {
  const bytes = yield tilePath(tile)
  if (bytes || tile.width === TILE_WIDTH) return bytes
  const full = yield tilePath({ ...tile, width: TILE_WIDTH })
  return full && tile.level !== 'entries' && full.length === TILE_WIDTH * HASH_BYTES
    ? full.subarray(0, tile.width * HASH_BYTES)
    : full
}

/** Hashes of those ranges in a tree of `size` leaves, from its tiles; null when one is missing or cut. Unverified as such. */
export function* proofFromTiles(ranges: readonly Range[], size: number, sha256: Sha256): Reading<Uint8Array[] | null> {
  const tiles = new Map<string, Uint8Array | null>()
  const proof: Uint8Array[] = []
  for (const range of ranges) {
    for (const node of coveringNodes(range.start, range.end)) {
      const tile = tileOf(node, size)
      const path = tilePath(tile)
      if (!tiles.has(path)) tiles.set(path, yield* readTile(tile))
    }
    const read = (height: number, index: number) => nodeInTile({ height, index }, size, tiles, sha256)
    const hash = rangeHash(range.start, range.end, read, sha256)
    if (!hash) return null
    proof.push(hash)
  }
  return proof
}

/** The tile that holds what a perfect subtree is made of. */
export function tileOf({ height, index }: Node, size: number): Tile {
  const level = Math.floor(height / 8)
  const tile = Math.floor((index * 2 ** (height % 8)) / TILE_WIDTH)
  return { level, index: tile, width: tileWidth(level, tile, size) }
}

function nodeInTile(
  node: Node,
  size: number,
  tiles: ReadonlyMap<string, Uint8Array | null>,
  sha256: Sha256,
): Uint8Array | null {
  const tile = tileOf(node, size)
  const bytes = tiles.get(tilePath(tile))
  if (bytes?.length !== tile.width * HASH_BYTES) return null
  const count = 2 ** (node.height % 8)
  return subtreeRoot(bytes, node.index * count - tile.index * TILE_WIDTH, count, sha256)
}

/** Root of `count` (a power of two) hashes of a tile, from hash `at` on. */
export function subtreeRoot(tile: Uint8Array, at: number, count: number, sha256: Sha256): Uint8Array {
  if (count === 1) return hashIn(tile, at).slice()
  const half = count / 2
  return nodeHash(subtreeRoot(tile, at, half, sha256), subtreeRoot(tile, at + half, half, sha256), sha256)
}
