import { encodeBundle, parseBundle } from './bundle.ts'
import { emptyRoot, HASH_BYTES, nodeHash, type Sha256 } from './hash.ts'
import { TILE_WIDTH, tileWidth, widthAt } from './tile.ts'
import { type Reading, readTile, subtreeRoot } from './tile-read.ts'

/** All that is needed to go on writing: the unfinished tile of each level and the unfinished bundle. At most 17 MiB. */
export interface LogState {
  readonly size: number
  /** Bytes of the partial tile at each level, empty where that level has none. */
  readonly edge: readonly Uint8Array[]
  /** Entries of the partial bundle. */
  readonly bundle: readonly Uint8Array[]
}

export const EMPTY_LOG: LogState = { size: 0, edge: [], bundle: [] }

/** Root of the whole log, from its unfinished tiles alone. */
export function logRoot(state: LogState, sha256: Sha256): Uint8Array {
  let root: Uint8Array | null = null
  for (const tile of state.edge) {
    let end = tile.length / HASH_BYTES
    // The narrowest complete subtree of a level stands last.
    for (let count = 1; count <= end; count *= 2) {
      if ((end & count) === 0) continue
      end -= count
      const subtree = subtreeRoot(tile, end, count, sha256)
      root = root ? nodeHash(subtree, root, sha256) : subtree
    }
  }
  return root ?? emptyRoot(sha256)
}

/** Reads the state of a log of that size back from its static files; null when one is missing or cut. Check its `logRoot`. */
export function* readState(size: number): Reading<LogState | null> {
  const edge: Uint8Array[] = []
  for (let level = 0; widthAt(level, size) > 0; level++) {
    const index = Math.floor(widthAt(level, size) / TILE_WIDTH)
    const width = tileWidth(level, index, size)
    const tile: Uint8Array | null = width === 0 ? new Uint8Array(0) : yield* readTile({ level, index, width })
    if (tile?.length !== width * HASH_BYTES) return null
    edge.push(tile)
  }
  const index = Math.floor(size / TILE_WIDTH)
  const width = size % TILE_WIDTH
  const bytes: Uint8Array | null = width === 0 ? encodeBundle([]) : yield* readTile({ level: 'entries', index, width })
  const bundle = bytes && (parseBundle(bytes, width) ?? parseBundle(bytes, TILE_WIDTH)?.slice(0, width))
  return bundle ? { size, edge, bundle } : null
}
