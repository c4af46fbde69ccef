import type { Frame } from '../finding.ts'
import { isHarnessFrame } from './harness-frames.ts'
import { isRuntimeFrame } from './runtime-frames.ts'
import { normalisePath } from './source-path.ts'
import { normaliseSymbol } from './symbol.ts'

/** A frame as it stays the same between builds; `path` and `line` are null where they are not known. */
export interface NormalFrame {
  readonly symbol: string
  readonly path: string | null
  readonly line: number | null
}

/** Frames looked at; what lies deeper never tells one flaw from another. */
export const MAX_FRAMES = 256

/**
 * The frames of the program itself, innermost first: runtime frames dropped, the stack cut where the harness begins, and
 * frames that repeat the function before them (inlining, recursion) folded into one.
 */
export function projectFrames(stack: readonly Frame[]): NormalFrame[] {
  const out: NormalFrame[] = []
  for (const frame of projectStack(stack)) {
    const normal = normaliseFrame(frame)
    const last = out.at(-1)
    if (
      normal.symbol === '' ||
      (last?.symbol === normal.symbol && (last.path === normal.path || last.path === null || normal.path === null))
    )
      continue
    out.push(normal)
  }
  return out
}

/** The same frames as they were printed, not folded. */
export function projectStack(stack: readonly Frame[]): Frame[] {
  const out: Frame[] = []
  for (const frame of stack.slice(0, MAX_FRAMES)) {
    if (isRuntimeFrame(frame)) continue
    if (isHarnessFrame(frame)) break
    out.push(frame)
  }
  return out
}

function normaliseFrame(frame: Frame): NormalFrame {
  const path = frame.path === null ? '' : normalisePath(frame.path)
  const symbol = frame.symbol === null || frame.symbol === '??' ? '' : normaliseSymbol(frame.symbol)
  return { symbol: symbol === '' ? path : symbol, path: path === '' ? null : path, line: frame.line }
}
