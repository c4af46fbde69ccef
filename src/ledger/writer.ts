import { encodeBundle } from './bundle.ts'
import { type Checkpoint, signCheckpoint } from './checkpoint.ts'
import { HASH_BYTES, leafHash, type Sha256 } from './hash.ts'
import { type LogState, logRoot } from './log-state.ts'
import type { NoteSigner } from './note.ts'
import { CHECKPOINT_PATH, TILE_WIDTH, tilePath } from './tile.ts'
import { subtreeRoot } from './tile-read.ts'

/** A file of the static log. Only the checkpoint is ever written twice with different bytes. */
export interface StaticFile {
  readonly path: string
  readonly bytes: Uint8Array
}

export interface Written {
  /** In the order in which they must become durable: full tiles and bundles, then partial ones; never a checkpoint. */
  readonly files: readonly StaticFile[]
  readonly next: LogState
  readonly root: Uint8Array
}

/** Appends entries: which files to write, and the state after. Throws RangeError on an entry above 65,535 bytes. */
export function writeEntries(state: LogState, entries: readonly Uint8Array[], sha256: Sha256): Written {
  const files: StaticFile[] = []
  const edge = state.edge.map((tile) => Array.from({ length: tile.length / HASH_BYTES }, (_, i) => hashOf(tile, i)))
  let bundle = [...state.bundle]
  let size = state.size
  for (const entry of entries) {
    bundle.push(entry)
    size++
    if (bundle.length === TILE_WIDTH) {
      const path = tilePath({ level: 'entries', index: size / TILE_WIDTH - 1, width: TILE_WIDTH })
      files.push({ path, bytes: encodeBundle(bundle) })
      bundle = []
    }
    addHash(edge, leafHash(entry, sha256), size, files, sha256)
  }
  const next: LogState = { size, edge: edge.map(join), bundle }
  if (entries.length > 0) files.push(...partialFiles(next))
  return { files, next, root: logRoot(next, sha256) }
}

/** The same with the signed checkpoint as the last file: the one whose writing makes all others count. */
export function writeLog(
  state: LogState,
  entries: readonly Uint8Array[],
  origin: string,
  signers: readonly NoteSigner[],
  sha256: Sha256,
): Written & { readonly checkpoint: Checkpoint; readonly note: string } {
  const written = writeEntries(state, entries, sha256)
  const checkpoint = { origin, size: written.next.size, root: written.root }
  const note = signCheckpoint(checkpoint, signers)
  const last = { path: CHECKPOINT_PATH, bytes: new TextEncoder().encode(note) }
  return { ...written, files: [...written.files, last], checkpoint, note }
}

function addHash(edge: Uint8Array[][], leaf: Uint8Array, size: number, files: StaticFile[], sha256: Sha256): void {
  let hash = leaf
  for (let level = 0; ; level++) {
    const tile = edge[level] ?? []
    tile.push(hash)
    edge[level] = tile
    if (tile.length < TILE_WIDTH) return
    const bytes = join(tile)
    edge[level] = []
    files.push({ path: tilePath({ level, index: size / TILE_WIDTH ** (level + 1) - 1, width: TILE_WIDTH }), bytes })
    hash = subtreeRoot(bytes, 0, TILE_WIDTH, sha256)
  }
}

function partialFiles({ size, edge, bundle }: LogState): StaticFile[] {
  const files: StaticFile[] = []
  const index = Math.floor(size / TILE_WIDTH)
  if (bundle.length > 0) {
    files.push({ path: tilePath({ level: 'entries', index, width: bundle.length }), bytes: encodeBundle(bundle) })
  }
  for (const [level, bytes] of edge.entries()) {
    const width = bytes.length / HASH_BYTES
    const at = Math.floor(size / TILE_WIDTH ** (level + 1))
    if (width > 0) files.push({ path: tilePath({ level, index: at, width }), bytes })
  }
  return files
}

function hashOf(tile: Uint8Array, at: number): Uint8Array {
  return tile.slice(at * HASH_BYTES, (at + 1) * HASH_BYTES)
}

function join(hashes: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(hashes.length * HASH_BYTES)
  for (const [i, hash] of hashes.entries()) out.set(hash, i * HASH_BYTES)
  return out
}
