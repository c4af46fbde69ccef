import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { signCheckpoint } from '../ledger/checkpoint.ts'
import { commit } from '../ledger/commitment.ts'
import { leafHash } from '../ledger/hash.ts'
import { intervalRoot } from '../ledger/interval-tree.ts'
import { formatKey, noteKey } from '../ledger/key.ts'
import { encodeLeaf } from '../ledger/leaf.ts'
import { inclusionRanges, proofFrom } from '../ledger/prove.ts'
import { renderReceipt } from '../ledger/receipt.ts'
import { sha256 } from '../ledger/sha256.ts'
import { parseTilePath, TILE_WIDTH } from '../ledger/tile.ts'
import { readLeaves, rootAt } from '../ledger/tree.ts'

const ORIGIN = 'fake.example/log'
const INTERVAL = 60_000

/** A real, small log with one receipt in it, for pages that are tried without a server. */
export interface FakeLog {
  readonly key: string
  readonly size: number
  readonly root: Uint8Array
  readonly checkpoint: string
  readonly proof: object
  readonly leaf: number
  tile(path: string): Uint8Array | null
}

/** Builds a log of `size` intervals that end at `now`, with a statement committed to in its last but one. */
export function fakeLog(size: number, now: number, statement: Record<string, string>): FakeLog {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const raw = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32))
  const key = noteKey(ORIGIN, raw, sha256)
  const salt = new Uint8Array(randomBytes(32))
  const commitment = commit(statement, salt, sha256)!
  const innerPath = Array.from({ length: 24 }, () => new Uint8Array(randomBytes(32)))
  const position = 77_001
  const leaf = size - 2
  const start = now - size * INTERVAL
  const entries = Array.from({ length: size }, (_, index) => {
    const root = index === leaf ? intervalRoot(commitment, position, innerPath, sha256)! : new Uint8Array(randomBytes(32))
    return { index, from: start + index * INTERVAL, to: start + (index + 1) * INTERVAL, root }
  })
  const hashes = entries.map((entry) => leafHash(encodeLeaf(entry), sha256))
  const read = readLeaves(hashes, sha256)
  const root = rootAt(size, read, sha256)!
  const checkpoint = signCheckpoint({ origin: ORIGIN, size, root }, [
    { key, sign: (message) => new Uint8Array(sign(null, message, privateKey)) },
  ])
  const { index, from, to } = entries[leaf]!
  const outerPath = proofFrom(inclusionRanges(leaf, size), read, sha256)!
  const proof = renderReceipt({
    statement,
    salt,
    commitment,
    interval: { index, from, to },
    position,
    innerPath,
    leafIndex: leaf,
    outerPath,
    checkpoint,
  })
  const tile = (path: string): Uint8Array | null => {
    const asked = parseTilePath(path)
    if (!asked || typeof asked.level !== 'number' || asked.level > 1) return null
    const out = new Uint8Array(asked.width * 32)
    for (let i = 0; i < asked.width; i++) {
      const hash = read(asked.level * 8, asked.index * TILE_WIDTH + i)
      if (!hash) return null
      out.set(hash, i * 32)
    }
    return out
  }
  return { key: formatKey(key), size, root, checkpoint, proof, leaf, tile }
}
