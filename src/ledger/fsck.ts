import { parseBundle } from './bundle.ts'
import { type Checkpoint, type CheckpointError, openCheckpoint, type Trust } from './checkpoint.ts'
import { HASH_BYTES, leafHash, type Sha256, sameBytes } from './hash.ts'
import { type LogState, logRoot } from './log-state.ts'
import { CHECKPOINT_PATH, hashIn, TILE_WIDTH, tilePath, tileWidth } from './tile.ts'
import { type Reading, readTile, subtreeRoot } from './tile-read.ts'

export type FsckError =
  | CheckpointError
  | 'file.missing'
  | 'tile.length' // not as many hashes as the size asks for
  | 'tile.hash' // hashes that are not those of the level below
  | 'bundle.form' // not as many whole entries as the size asks for
  | 'bundle.hash' // an entry that is not the one its tile names
  | 'log.root' // all of it together is not what the checkpoint says

export interface Problem<Code extends string = FsckError> {
  readonly path: string
  readonly code: Code
  readonly say: string
}

export interface FsckReport {
  readonly ok: boolean
  readonly checkpoint: Checkpoint | null
  readonly checked: { readonly tiles: number; readonly entries: number }
  readonly problems: readonly Problem[]
}

export interface FsckOptions extends Trust {
  readonly sha256: Sha256
  /** Shown every entry whose bytes are the ones its tile names, in order. */
  readonly visit?: (entry: Uint8Array, index: number) => void
}

/** It stops after that many problems, so that a checkpoint that claims 2^53 leaves costs no more than one that is small. */
const MOST_PROBLEMS = 100

/**
 * Checks a whole log from its static files: signature, every tile of every level, every bundle, and the root. Asks for one file
 * at a time by path; holds a tile for each level and one bundle.
 */
export function* fsck(options: FsckOptions): Reading<FsckReport> {
  const bytes = yield CHECKPOINT_PATH
  const opened = bytes ? openCheckpoint(decode(bytes), options) : null
  if (!opened?.ok) {
    const problem: Problem = opened
      ? { path: CHECKPOINT_PATH, code: opened.code, say: opened.say }
      : { path: CHECKPOINT_PATH, code: 'file.missing', say: 'there is no checkpoint' }
    return { ok: false, checkpoint: null, checked: { tiles: 0, entries: 0 }, problems: [problem] }
  }
  const { origin, size, root } = opened.checkpoint
  const walk: Walk = { size, options, problems: [], levels: [], tiles: 0, entries: 0, whole: true }
  for (let index = 0; index * TILE_WIDTH < size && walk.problems.length < MOST_PROBLEMS; index++)
    yield* checkLeaves(walk, index)
  yield* checkEdge(walk)
  const { problems, tiles, entries } = walk
  if (walk.whole && problems.length < MOST_PROBLEMS && !sameBytes(logRoot(edgeOf(walk), options.sha256), root)) {
    problems.push({ path: CHECKPOINT_PATH, code: 'log.root', say: 'the tiles lead to another root than the checkpoint says' })
  }
  return { ok: problems.length === 0, checkpoint: { origin, size, root }, checked: { tiles, entries }, problems }
}

interface Walk {
  readonly size: number
  readonly options: FsckOptions
  readonly problems: Problem[]
  /** Per level above 0: the tile that the levels below make, as far as they were walked; at 0: the last, partial one. */
  readonly levels: Level[]
  tiles: number
  entries: number
  /** Whether every hash of level 0 was there, so that the root can be worked out. */
  whole: boolean
}

interface Level {
  readonly tile: Uint8Array
  index: number
  width: number
}

function* checkLeaves(walk: Walk, index: number): Reading<void> {
  const { sha256, visit } = walk.options
  const width = tileWidth(0, index, walk.size)
  const tile = yield* loadTile(walk, 0, index, width)
  const place = { level: 'entries', index, width } as const
  const path = tilePath(place)
  const bytes = yield* readTile(place)
  const entries = bytes && (parseBundle(bytes, width) ?? parseBundle(bytes, TILE_WIDTH)?.slice(0, width))
  if (!bytes) walk.problems.push({ path, code: 'file.missing', say: 'the bundle is missing' })
  else if (!entries) walk.problems.push({ path, code: 'bundle.form', say: `the bundle is not ${width} whole entries` })
  for (const [i, entry] of (entries ?? []).entries()) {
    const at = index * TILE_WIDTH + i
    if (tile && !sameBytes(leafHash(entry, sha256), hashIn(tile, i))) {
      walk.problems.push({ path, code: 'bundle.hash', say: `entry ${at} is not the one its tile names` })
      break
    }
    walk.entries++
    if (tile) visit?.(entry, at)
  }
  if (!tile) walk.whole = false
  else if (width === TILE_WIDTH) yield* raise(walk, 1, subtreeRoot(tile, 0, TILE_WIDTH, sha256))
  else walk.levels[0] = { tile, index, width }
}

/** Adds a hash to a level; when that fills a tile, checks the tile's file and goes on above it. */
function* raise(walk: Walk, level: number, hash: Uint8Array): Reading<void> {
  const held = walk.levels[level] ?? { tile: new Uint8Array(TILE_WIDTH * HASH_BYTES), index: 0, width: 0 }
  walk.levels[level] = held
  held.tile.set(hash, held.width * HASH_BYTES)
  held.width++
  if (held.width < TILE_WIDTH) return
  yield* compareTile(walk, level, held)
  const root = subtreeRoot(held.tile, 0, TILE_WIDTH, walk.options.sha256)
  held.index++
  held.width = 0
  yield* raise(walk, level + 1, root)
}

/** The partial tiles above level 0. They can be judged only where no leaf tile was missing, which would have moved them. */
function* checkEdge(walk: Walk): Reading<void> {
  if (!walk.whole || walk.problems.length >= MOST_PROBLEMS) return
  for (const [level, held] of walk.levels.entries()) if (level > 0 && held?.width) yield* compareTile(walk, level, held)
}

function* compareTile(walk: Walk, level: number, { tile, index, width }: Level): Reading<void> {
  if (!walk.whole) return
  const file = yield* loadTile(walk, level, index, width)
  if (file && !sameBytes(file, tile.subarray(0, width * HASH_BYTES))) {
    const path = tilePath({ level, index, width })
    walk.problems.push({ path, code: 'tile.hash', say: `the tile does not follow from level ${level - 1}` })
  }
}

function* loadTile(walk: Walk, level: number, index: number, width: number): Reading<Uint8Array | null> {
  const path = tilePath({ level, index, width })
  const tile = yield* readTile({ level, index, width })
  if (!tile) walk.problems.push({ path, code: 'file.missing', say: 'the tile is missing' })
  else if (tile.length !== width * HASH_BYTES) {
    walk.problems.push({ path, code: 'tile.length', say: `the tile has ${tile.length} bytes, not ${width * HASH_BYTES}` })
  } else {
    walk.tiles++
    return tile
  }
  return null
}

function edgeOf({ size, levels }: Walk): LogState {
  const edge = Array.from(levels, (held) => (held ? held.tile.subarray(0, held.width * HASH_BYTES) : new Uint8Array(0)))
  return { size, edge, bundle: [] }
}

/** Text of a file that should be UTF-8; a broken one becomes text that no checkpoint is. */
export function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}
