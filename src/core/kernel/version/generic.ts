// For what has no ecosystem: numbers and words in turn, whatever stands between them (the idea of VERS's `generic`, which leaves the
// rule open). Zeros at the end do not count (1.0 is 1.0.0), words that announce a release are older than it, other words newer
// (1.1.1k after 1.1.1), and a further number is newer than a word.
import type { Order, VersionOrder } from '../version-order.ts'
import { keyedOrder } from './keyed-order.ts'
import { byValue, isDigitAt, readWhole, type Whole } from './whole.ts'

interface Run {
  /** Announcing words by which comes first, number 0 (and the end) between them and other words, other numbers. */
  readonly rank: number
  readonly value: Whole | string
}

/** Commit ids are in no order. */
const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/
const NOTHING = 6
const ANNOUNCING: ReadonlyMap<string, number> = new Map([
  ['dev', 0],
  ['nightly', 0],
  ['snapshot', 0],
  ['alpha', 1],
  ['beta', 2],
  ['milestone', 3],
  ['pre', 4],
  ['preview', 4],
  ['rc', 5],
])
const ZERO: Run = { rank: NOTHING, value: 0 }

function readRun(piece: string): Run {
  if (!isDigitAt(piece, 0)) return { rank: ANNOUNCING.get(piece) ?? NOTHING + 1, value: ANNOUNCING.has(piece) ? 0 : piece }
  const value = readWhole(piece, 0, piece.length)
  return value === 0 ? ZERO : { rank: NOTHING + 2, value }
}

function dropZeros(runs: Run[]): void {
  while (runs.length > 0 && runs.at(-1) === ZERO) runs.pop()
}

function read(text: string): Run[] | null {
  if (/[^\x21-\x7e]/.test(text) || COMMIT.test(text)) return null
  const [ordered = ''] = text
    .toLowerCase()
    .replace(/^v(?=\d)/, '')
    .split('+', 1)
  const pieces = ordered.match(/\d+|[a-z]+/g)
  if (!pieces || !/\d/.test(ordered)) return null
  const runs: Run[] = []
  for (const run of pieces.map(readRun)) {
    if (run.rank < NOTHING) dropZeros(runs)
    runs.push(run)
  }
  dropZeros(runs)
  return runs
}

function order(a: readonly Run[], b: readonly Run[]): Order {
  const most = Math.max(a.length, b.length)
  for (let i = 0; i < most; i++) {
    const [left, right] = [a[i] ?? ZERO, b[i] ?? ZERO]
    const by = byValue(left.rank, right.rank) || byValue(left.value, right.value)
    if (by !== 0) return by
  }
  return 0
}

export const GENERIC: VersionOrder = keyedOrder({
  rule: 'generic',
  isValid: (text) => read(text) !== null,
  read,
  order,
})
