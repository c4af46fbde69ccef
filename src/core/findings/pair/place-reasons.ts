import { COARSE_CRASHES } from '../normal/crash-family.ts'
import type { Features } from './features.ts'
import { quoted, type Reason, reason } from './reason.ts'

const NEAR = 10
const FAR = 60

/** What file, line and function of two findings say for and against one flaw. */
export function placeReasons(a: Features, b: Features): Reason[] {
  if (a.path === null || b.path === null) return symbolReasons(a, b)
  if (!samePath(a.path, b.path))
    return [reason('path-differs', `In different files: ${quoted(a.path)} and ${quoted(b.path)}`), ...symbolReasons(a, b)]
  return [...lineReasons(a, b, a.path), ...symbolReasons(a, b)]
}

function lineReasons(a: Features, b: Features, path: string): Reason[] {
  if (a.lineHash !== null && a.lineHash === b.lineHash)
    return [reason('line-text-same', `The same line of text in ${quoted(path)}`)]
  if (a.line === null || b.line === null) return []
  const apart = Math.abs(a.line - b.line)
  if (apart === 0) return [reason('lines-equal', `Line ${a.line} of ${quoted(path)} in both`)]
  if (isCoarse(a) && isCoarse(b)) return [reason('lines-differ', `Thrown at lines ${a.line} and ${b.line} of ${quoted(path)}`)]
  if (apart <= NEAR) return [reason('lines-near', `Lines ${apart} apart in ${quoted(path)}`, 1 - apart / (NEAR + 1))]
  return apart >= FAR ? [reason('lines-far', `Lines ${apart} apart in ${quoted(path)}`)] : []
}

// One function throws, races or gives up at several lines, and the kind says little: there the line is what tells flaws apart.
function isCoarse({ crash }: Features): boolean {
  return crash !== null && COARSE_CRASHES.includes(crash)
}

function symbolReasons(a: Features, b: Features): Reason[] {
  if (a.symbol === null || a.symbol !== b.symbol || a.frames.length > 0) return []
  return [reason('symbol-same', `Same function ${quoted(a.symbol)}`)]
}

// Tools state paths from different roots: the longer one ends with the shorter, at a folder's border.
function samePath(a: string, b: string): boolean {
  const [long, short] = a.length >= b.length ? [a, b] : [b, a]
  return long === short || (short.includes('/') && long.endsWith(`/${short}`))
}

/** What the stacks and kinds of two crashes say. */
export function crashReasons(a: Features, b: Features): Reason[] {
  const [one, two] = [a.frames[0], b.frames[0]]
  if (one === undefined || two === undefined) return []
  const out: Reason[] = []
  if (one === two) out.push(reason('frame-first-same', `Same first frame ${quoted(one)}`))
  else if (!a.frames.some((frame) => b.frames.includes(frame)))
    out.push(reason('frames-differ', 'No frame of the program in common'))
  const run = commonRun(a.frames, b.frames)
  if (run >= 2) out.push(reason('frames-run', `${run} frames in the same order`, run / 5))
  if (a.crash !== null && b.crash !== null) {
    if (a.crash === b.crash) out.push(reason('crash-same', `Same kind of crash: ${a.crash}`))
    else out.push(reason('crash-differs', `Different kinds of crash: ${a.crash} and ${b.crash}`))
  }
  return out
}

// Five frames at most on each side, so the table of all pairs is tiny.
function commonRun(a: readonly string[], b: readonly string[]): number {
  let best = 0
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < b.length; j++) {
      let run = 0
      while (i + run < a.length && a[i + run] === b[j + run]) run++
      best = Math.max(best, run)
    }
  }
  return best
}
