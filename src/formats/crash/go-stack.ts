import type { Frame } from '../../core/findings/finding.ts'
import { MOST_FRAMES } from './native-stack.ts'

const FUNCTION = /^\s*(?:created by )?([A-Za-z_][^\s(]{0,400}(?:\(\*?[^\s()]{1,200}\)[^\s(]{0,300})?)\(.{0,2000}\)?$/
const PLACE = /^\s*(\S.{0,1000}?\.(?:go|s|c|cgo)):(\d{1,9})(?: \+0x[0-9a-f]{1,16})?(?: fp=.{0,80})?$/

/** Go frames, a function line and a place line each, from line `from` until something else: innermost first. */
export function readGoStack(lines: readonly string[], from: number, until: number): { frames: Frame[]; next: number } {
  const frames: Frame[] = []
  let next = from
  for (let i = from; i < until && frames.length < MOST_FRAMES; i++) {
    const symbol = FUNCTION.exec(lines[i]!)?.[1]
    if (symbol === undefined || !symbol.includes('.')) {
      if (frames.length === 0 && i - from < 3) continue
      break
    }
    const place = PLACE.exec(lines[i + 1] ?? '')
    frames.push({ symbol, path: place?.[1] ?? null, line: place ? Number(place[2]) : null, column: null, module: null })
    if (place) i++
    next = i + 1
  }
  return { frames, next }
}
