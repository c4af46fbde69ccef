import { type Checkpoint, openCheckpoint } from './checkpoint.ts'
import { decode, type FsckError, type FsckOptions, fsck, type Problem } from './fsck.ts'
import { sameBytes } from './hash.ts'
import { parseLeaf } from './leaf.ts'
import { verifyConsistency } from './proof.ts'
import { consistencyRanges } from './prove.ts'
import { CHECKPOINT_PATH } from './tile.ts'
import { proofFromTiles, type Reading } from './tile-read.ts'

export type LogError =
  | FsckError
  | 'log.rewritten' // not a continuation of the checkpoint seen before
  | 'log.known' // the checkpoint seen before is not one of this log
  | 'leaf.order' // an interval that does not come after the one before it

export interface VerifyOptions extends Omit<FsckOptions, 'visit'> {
  /** A checkpoint of this log seen earlier: it must have grown from there. */
  readonly known?: string
  /** `full` reads every file; `head` only what ties the checkpoint to the one known. */
  readonly depth: 'full' | 'head'
}

export interface LogReport {
  readonly ok: boolean
  readonly checkpoint: Checkpoint | null
  /** The signed note as it was read: to be kept and given as `known` the next time. */
  readonly note: string | null
  readonly checked: { readonly tiles: number; readonly entries: number; readonly consistency: boolean }
  /** What the entries say; all zero unless `full`. Gaps are stretches of time that no interval covers. */
  readonly intervals: { readonly count: number; readonly gaps: number; readonly others: number }
  readonly problems: readonly Problem<LogError>[]
}

/** Verifies a log by its static files, for the command line and the browser alike: asks by path, is handed bytes or null. */
export function* verifyLog(options: VerifyOptions): Reading<LogReport> {
  const bytes = yield CHECKPOINT_PATH
  const note = bytes && decode(bytes)
  const opened = note === null ? null : openCheckpoint(note, options)
  const problems: Problem<LogError>[] = []
  const intervals = { count: 0, gaps: 0, others: 0 }
  let checked = { tiles: 0, entries: 0, consistency: false }
  if (!opened?.ok) {
    problems.push({ path: CHECKPOINT_PATH, code: opened?.code ?? 'file.missing', say: opened?.say ?? 'there is no checkpoint' })
    return { ok: false, checkpoint: null, note, checked, intervals, problems }
  }
  const { origin, size, root } = opened.checkpoint
  if (options.depth === 'full') {
    const report = yield* handing(bytes!, fsck({ ...options, visit: visitor(intervals, problems) }))
    problems.push(...report.problems)
    checked = { ...report.checked, consistency: false }
  }
  if (options.known !== undefined) {
    const problem = yield* growth(options.known, opened.checkpoint, options)
    if (problem) problems.push(problem)
    checked = { ...checked, consistency: !problem }
  }
  return { ok: problems.length === 0, checkpoint: { origin, size, root }, note, checked, intervals, problems }
}

/** Answers the walk's first wish, the checkpoint, with the one already read: a log that grows meanwhile must not mix two. */
function* handing<Result>(checkpoint: Uint8Array, walk: Reading<Result>): Reading<Result> {
  walk.next()
  let step = walk.next(checkpoint)
  while (!step.done) step = walk.next(yield step.value)
  return step.value
}

function* growth(known: string, now: Checkpoint, options: VerifyOptions): Reading<Problem<LogError> | null> {
  const opened = openCheckpoint(known, { ...options, origin: now.origin })
  const path = CHECKPOINT_PATH
  if (!opened.ok) return { path, code: 'log.known', say: `the checkpoint seen before: ${opened.say}` }
  const before = opened.checkpoint
  if (before.size === 0) return null
  const shrunk: Problem<LogError> = { path, code: 'log.rewritten', say: `it had ${before.size} leaves before, now ${now.size}` }
  if (before.size > now.size) return shrunk
  const sameSize = before.size === now.size
  const proof = sameSize ? [] : yield* proofFromTiles(consistencyRanges(before.size, now.size), now.size, options.sha256)
  if (!proof) return { path, code: 'file.missing', say: 'tiles that would tie it to the checkpoint seen before are missing' }
  const held = sameSize
    ? sameBytes(before.root, now.root)
    : verifyConsistency(before.size, now.size, proof, before.root, now.root, options.sha256).ok
  return held
    ? null
    : { path, code: 'log.rewritten', say: `the first ${before.size} leaves are no longer the ones seen before` }
}

function visitor(intervals: { count: number; gaps: number; others: number }, problems: Problem<LogError>[]) {
  let last: { index: number; to: number } | null = null
  return (entry: Uint8Array, at: number): void => {
    const leaf = parseLeaf(entry)
    if (!leaf) {
      intervals.others++
      return
    }
    intervals.count++
    if (last && (leaf.index !== last.index + 1 || leaf.from < last.to)) {
      if (problems.length < 100) problems.push({ path: `entry ${at}`, code: 'leaf.order', say: 'intervals are out of order' })
    } else if (last && leaf.from > last.to) intervals.gaps++
    last = leaf
  }
}
