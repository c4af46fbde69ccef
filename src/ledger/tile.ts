import { HASH_BYTES } from './hash.ts'
import { isSize } from './tree.ts'

/** Hashes in a full tile, entries in a full bundle. C2SP tlog-tiles, "Merkle Tree": eight levels of the tree to a tile. */
export const TILE_WIDTH = 256
export const CHECKPOINT_PATH = 'checkpoint'

/** One static file of the tree: hashes at `level`, or entries; `width` is 256 when full. */
export interface Tile {
  readonly level: number | 'entries'
  readonly index: number
  readonly width: number
}

/** Path below the log's prefix, for example `tile/0/x001/234.p/17` or `tile/entries/000`. C2SP tlog-tiles, "Merkle Tree". */
export function tilePath({ level, index, width }: Tile): string {
  const digits = String(index)
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0')
  const parts = padded.match(/.{3}/g) ?? []
  const path = parts.map((part, i) => (i < parts.length - 1 ? `x${part}` : part)).join('/')
  return `tile/${level}/${path}${width < TILE_WIDTH ? `.p/${width}` : ''}`
}

const PATTERN = /^tile\/(entries|0|[1-9]\d?)\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/([1-9]\d{0,2}))?$/

/** The tile a path names, or null: hostile, at most 64 characters, exactly one path for each tile, level at most 63. */
export function parseTilePath(path: string): Tile | null {
  const found = path.length <= 64 ? PATTERN.exec(path) : null
  if (!found) return null
  const level = found[1] === 'entries' ? 'entries' : Number(found[1])
  const index = Number(found[2]!.replaceAll(/[x/]/g, ''))
  const width = found[3] === undefined ? TILE_WIDTH : Number(found[3])
  if (!isSize(index) || (typeof level === 'number' && level > 63)) return null
  if (found[3] !== undefined && width >= TILE_WIDTH) return null
  const tile: Tile = { level, index, width }
  return tilePath(tile) === path ? tile : null
}

/** How many hashes there are at a tile level in a tree of that size: one for each complete subtree of 256^level leaves. */
export function widthAt(level: number, size: number): number {
  return Math.floor(size / TILE_WIDTH ** level)
}

/** Width of the tile at that place in a tree of that size; 0 when the tree does not reach it. */
export function tileWidth(level: number, index: number, size: number): number {
  return Math.max(0, Math.min(TILE_WIDTH, widthAt(level, size) - index * TILE_WIDTH))
}

/** Hash number `at` of a tile's bytes. */
export function hashIn(tile: Uint8Array, at: number): Uint8Array {
  return tile.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES)
}
