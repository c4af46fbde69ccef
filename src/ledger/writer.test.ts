import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type FsckOptions, fsck } from './fsck.ts'
import { leafHash } from './hash.ts'
import { noteKey } from './key.ts'
import { encodeLeaf } from './leaf.ts'
import { EMPTY_LOG, logRoot, readState } from './log-state.ts'
import { verifyConsistency, verifyInclusion } from './proof.ts'
import { consistencyRanges, inclusionRanges } from './prove.ts'
import { sha256 } from './sha256.ts'
import { CHECKPOINT_PATH, parseTilePath } from './tile.ts'
import { proofFromTiles, type Reading } from './tile-read.ts'
import { append, EMPTY, frontierRoot } from './tree.ts'
import { type VerifyOptions, verifyLog } from './verify-log.ts'
import { writeLog } from './writer.ts'

// Tests of trees need no real signature: this one is the digest of key and message, checked the same way.
const ORIGIN = 'weir.example/log'
const key = noteKey(ORIGIN, new Uint8Array(32).fill(1), sha256)
const mark = (publicKey: Uint8Array, message: Uint8Array) => {
  const half = sha256(Uint8Array.of(...publicKey, ...message))
  return Uint8Array.of(...half, ...half)
}
const signer = { key, sign: (message: Uint8Array) => mark(key.publicKey, message) }
const trust: FsckOptions = {
  keys: [key],
  sha256,
  verifySignature: (publicKey, message, signature) => String(mark(publicKey, message)) === String(signature),
}

const HOUR = 3_600_000
const entry = (n: number, root = sha256(Uint8Array.of(n & 255, n >> 8, n >> 16))) =>
  encodeLeaf({ index: n, from: n * HOUR, to: (n + 1) * HOUR, root })

type Files = Map<string, Uint8Array>

/** A log of `size` entries, written in batches of those sizes over and over. */
function logOf(size: number, batches: readonly number[], files: Files = new Map()) {
  let state = EMPTY_LOG
  let note = ''
  for (let turn = 0; state.size < size; turn++) {
    const count = Math.min(batches[turn % batches.length]!, size - state.size)
    const entries = Array.from({ length: count }, (_, i) => entry(state.size + i))
    const written = writeLog(state, entries, ORIGIN, [signer], sha256)
    for (const file of written.files) files.set(file.path, file.bytes)
    assert.equal(written.files.at(-1)!.path, CHECKPOINT_PATH)
    state = written.next
    note = written.note
  }
  return { files, state, note }
}

function drive<Result>(walk: Reading<Result>, files: Files, asked: string[] = []): Result {
  let step = walk.next()
  while (!step.done) {
    asked.push(step.value)
    step = walk.next(files.get(step.value) ?? null)
  }
  return step.value
}

/** Three levels of tiles. */
const BIG = logOf(66_000, [5_000])

const check = (files: Files) => drive(fsck(trust), files)
const codes = (files: Files) => [...new Set(check(files).problems.map((p) => p.code))].sort()

test('batches of any sizes give the same files, and the root of the leaves', () => {
  const sizes = [1, 255, 256, 257, 700]
  for (const size of sizes) {
    const { files, state } = logOf(size, [Math.max(256, size / 3) | 0, 1, 300])
    let frontier = EMPTY
    for (let i = 0; i < size; i++) frontier = append(frontier, leafHash(entry(i), sha256), sha256)
    assert.deepEqual(logRoot(state, sha256), frontierRoot(frontier, sha256), `size ${size}`)
    const atOnce = logOf(size, [size]).files
    for (const [path, bytes] of atOnce) assert.deepEqual(files.get(path), bytes, path)
    assert.ok([...files.keys()].every((path) => path === CHECKPOINT_PATH || parseTilePath(path)))
    assert.deepEqual(drive(readState(size), files), state)
  }
})

test('full files come before partial ones, the checkpoint last', () => {
  const { files } = logOf(600, [600])
  const paths = [...files.keys()]
  const firstPartial = paths.findIndex((path) => path.includes('.p/'))
  assert.ok(firstPartial > 0 && paths.slice(firstPartial, -1).every((path) => path.includes('.p/')))
  assert.equal(paths.at(-1), CHECKPOINT_PATH)
})

test('proofs made from tiles verify', () => {
  const { files, state } = BIG
  const root = logRoot(state, sha256)
  for (const index of [0, 255, 256, 12_345, 65_535, 65_536, 65_999]) {
    const proof = drive(proofFromTiles(inclusionRanges(index, state.size), state.size, sha256), files)!
    assert.ok(verifyInclusion(leafHash(entry(index), sha256), index, state.size, proof, root, sha256).ok)
  }
  for (const from of [1, 255, 256, 300, 65_536]) {
    const proof = drive(proofFromTiles(consistencyRanges(from, state.size), state.size, sha256), files)!
    const before = logRoot(logOf(from, [from]).state, sha256)
    assert.ok(verifyConsistency(from, state.size, proof, before, root, sha256).ok)
  }
})

test('fsck passes a whole log and counts what it read', () => {
  for (const size of [1, 255, 256, 257, 66_000]) {
    const report = check(size === 66_000 ? BIG.files : logOf(size, [1000]).files)
    assert.deepEqual(report.problems, [], `size ${size}`)
    assert.equal(report.checked.entries, size)
  }
  const empty = writeLog(EMPTY_LOG, [], ORIGIN, [signer], sha256)
  assert.ok(check(new Map(empty.files.map((f) => [f.path, f.bytes]))).ok)
})

test('fsck takes the full tile where the log grew past the partial one and the partial one is gone', () => {
  const { files, note } = logOf(600, [600])
  const grown = logOf(900, [900], new Map(files)).files
  grown.set(CHECKPOINT_PATH, new TextEncoder().encode(note))
  for (const path of ['tile/0/002.p/88', 'tile/entries/002.p/88']) assert.ok(grown.delete(path))
  assert.deepEqual(check(grown).problems, [])
})

test('every file of a log with one byte changed, cut or lost is found out, and named', () => {
  const small = logOf(1000, [1000]).files
  const high = ['tile/1/000', 'tile/1/001.p/1', 'tile/2/000.p/1']
  for (const [whole, paths] of [
    [small, [...small.keys()]],
    [BIG.files, high],
  ] as const) {
    for (const path of paths) {
      const bytes = whole.get(path)!
      const middle = (bytes.length / 2) | 0
      for (const change of [bytes.with(middle, bytes[middle]! ^ 1), bytes.subarray(0, -1), null]) {
        const files = new Map(whole)
        if (change) files.set(path, change)
        else files.delete(path)
        const named = check(files).problems.map((problem) => problem.path)
        // A leaf hash and its entry that differ are told as one, under the entry's path.
        assert.ok(named.includes(path) || named.includes(path.replace('tile/0', 'tile/entries')), path)
      }
    }
  }
})

test('fsck says what is wrong', () => {
  const { files } = logOf(600, [600])
  const change = (path: string, bytes: Uint8Array | null) => {
    const next = new Map(files)
    if (bytes) next.set(path, bytes)
    else next.delete(path)
    return codes(next)
  }
  const tile = files.get('tile/0/000')!
  assert.deepEqual(change('checkpoint', null), ['file.missing'])
  assert.deepEqual(change('checkpoint', Uint8Array.of(0xff, 0xfe)), ['checkpoint.form'])
  assert.deepEqual(change('tile/0/000', tile.with(0, tile[0]! ^ 1)), ['bundle.hash', 'log.root', 'tile.hash'])
  assert.deepEqual(change('tile/0/000', tile.subarray(1)), ['tile.length'])
  assert.deepEqual(change('tile/1/000.p/2', null), ['file.missing'])
  assert.deepEqual(change('tile/1/000.p/2', new Uint8Array(64)), ['tile.hash'])
  assert.deepEqual(change('tile/entries/000', new Uint8Array(8)), ['bundle.form'])
  assert.deepEqual(change('tile/entries/000', files.get('tile/entries/001')!), ['bundle.hash'])
  // Everything agrees but is not what was signed.
  const other = logOf(600, [600]).files
  const forged = writeLog(
    EMPTY_LOG,
    Array.from({ length: 600 }, (_, i) => entry(i + 1)),
    ORIGIN,
    [signer],
    sha256,
  ).files
  for (const file of forged) if (file.path !== CHECKPOINT_PATH) other.set(file.path, file.bytes)
  assert.deepEqual(codes(other), ['log.root'])
})

test('a checkpoint that claims more leaves than there are files costs few questions', () => {
  const root = sha256(Uint8Array.of(1))
  const text = `${ORIGIN}\n${Number.MAX_SAFE_INTEGER}\n${Buffer.from(root).toString('base64')}\n`
  const signature = Uint8Array.of(...key.id, ...signer.sign(new TextEncoder().encode(text)))
  const note = `${text}\n— ${ORIGIN} ${Buffer.from(signature).toString('base64')}\n`
  const asked: string[] = []
  const report = drive(fsck(trust), new Map([[CHECKPOINT_PATH, new TextEncoder().encode(note)]]), asked)
  assert.ok(!report.ok && report.problems.length <= 101 && asked.length < 300)
})

test('verifyLog: the log as it was seen before must be the beginning of the log now', () => {
  const before = logOf(300, [300])
  const { files, note } = logOf(700, [300])
  const verify = (options: Partial<VerifyOptions>, from = files) =>
    drive(verifyLog({ ...trust, depth: 'full', ...options }), from)
  const report = verify({ known: before.note })
  assert.deepEqual(report.problems, [])
  assert.deepEqual(report.checked, { tiles: 4, entries: 700, consistency: true })
  assert.deepEqual(report.intervals, { count: 700, gaps: 0, others: 0 })
  assert.equal(report.note, note)
  assert.ok(verify({ known: note, depth: 'head' }).ok)
  assert.ok(verify({ known: before.note, depth: 'head' }).ok)
  assert.deepEqual(
    verify({ known: note }, before.files).problems.map((p) => p.code),
    ['log.rewritten'],
  )
  assert.deepEqual(
    verify({ known: 'x' }).problems.map((p) => p.code),
    ['log.known'],
  )
  const other = writeLog(
    EMPTY_LOG,
    Array.from({ length: 300 }, (_, i) => entry(i + 7)),
    ORIGIN,
    [signer],
    sha256,
  )
  assert.deepEqual(
    verify({ known: other.note, depth: 'head' }).problems.map((p) => p.code),
    ['log.rewritten'],
  )
  assert.equal(verify({}, new Map()).problems[0]!.code, 'file.missing')
})

test('verifyLog tells intervals out of order, gaps and other entries', () => {
  const other = new TextEncoder().encode('weir/other/1\n')
  const late = encodeLeaf({ index: 2, from: 5 * HOUR, to: 6 * HOUR, root: sha256(other) })
  const early = encodeLeaf({ index: 3, from: 5 * HOUR, to: 7 * HOUR, root: sha256(other) })
  const { files } = writeLog(EMPTY_LOG, [entry(0), other, entry(1), late, early, entry(9)], ORIGIN, [signer], sha256)
  const report = drive(verifyLog({ ...trust, depth: 'full' }), new Map(files.map((f) => [f.path, f.bytes])))
  const expected = ['entry 4', 'entry 5'].map((path) => [path, 'leaf.order'])
  assert.deepEqual(
    report.problems.map((p) => [p.path, p.code]),
    expected,
  )
  assert.deepEqual(report.intervals, { count: 5, gaps: 1, others: 1 })
})
