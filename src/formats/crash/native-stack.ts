import type { Frame } from '../../core/findings/finding.ts'
import { frameOf, parseBody, parseFrameLine } from './frame-line.ts'

/** Frames kept of one stack. */
export const MOST_FRAMES = 512

/** Lines looked at for a stack that has not begun, and lines of noise allowed inside one. */
const LEAD = 40
const NOISE = 3

/** The first stack printed at or after line `from`: frames innermost first, and the line after it. Empty where none begins soon. */
export function readStack(
  lines: readonly string[],
  from: number,
  until: number = lines.length,
  lead: number = LEAD,
): { frames: Frame[]; next: number } {
  const frames: Frame[] = []
  let last = -1
  let noise = 0
  let next = from
  for (let i = from; i < until; i++) {
    const found = parseFrameLine(lines[i]!)
    if (found) {
      const restarts = found.number < last || found.number > last + 1 || (found.number === last && noise > 0)
      if (last >= 0 && restarts) break
      if (last < 0 && found.number > 1) break
      if (frames.length < MOST_FRAMES) frames.push(found.frame)
      last = found.number
      noise = 0
      next = i + 1
    } else if (last < 0 ? i - from >= lead : lines[i]!.trim() === '' || ++noise > NOISE) break
  }
  return { frames, next }
}

/** A backtrace that names modules and offsets but carries no `#`: macOS, Windows (`f [0x1+2] (file:3)`), Rust (`0: f` / `at file`). */
export function readLooseStack(lines: readonly string[], from: number, until: number = lines.length): Frame[] {
  const frames: Frame[] = []
  let noise = 0
  for (let i = from; i < until && noise < 6 && frames.length < MOST_FRAMES; i++) {
    const line = lines[i]!
    const frame = looseFrame(line)
    if (frame) {
      const place = /^\s{2,20}at (\S.{0,1024})$/.exec(lines[i + 1] ?? '')
      frames.push(place ? { ...parseBody(place[1]!), symbol: frame.symbol } : frame)
      if (place) i++
      noise = 0
    } else noise++
  }
  return frames
}

function looseFrame(line: string): Frame | null {
  const windows = /^\s{0,8}(\S.{0,1500}?) \[0x[0-9A-Fa-f]{4,16}\+\d{1,9}\](?: \(([^()]{1,500}):(\d{1,9})\))?/.exec(line)
  if (windows) return { ...frameOf(windows[1]!, windows[2] ?? null, null), line: windows[3] ? Number(windows[3]) : null }
  const mac = /^\s{0,4}\d{1,4}\s{1,4}(\S[^\t]{0,60}?)\s+0x[0-9a-f]{8,16} (\S.{0,1500}?) \+ \d{1,9}$/.exec(line)
  if (mac) return frameOf(mac[2]!, null, mac[1]!)
  if (line.includes('[pc: ')) return null
  const rust = /^\s{1,8}\d{1,4}: {1,3}(?:0x[0-9a-f]{1,16} - )?(\S.{0,1500})$/.exec(line)
  if (rust) return frameOf(rust[1]!, null, null)
  const numbered = /^\s{0,4}\d{1,4} {1,4}0x[0-9a-f]{4,16}(?: (\S.{0,1500}))?$/.exec(line)
  return numbered ? frameOf(numbered[1] ?? null, null, null) : null
}
