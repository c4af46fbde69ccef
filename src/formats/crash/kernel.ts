import type { Frame } from '../../core/findings/finding.ts'
import { frameOf, parseFrameLine, parsePlace } from './frame-line.ts'
import { MOST_FRAMES } from './native-stack.ts'
import { crashOf, type Family } from './reading.ts'

// Linux kernel reports: KASAN, KMSAN, UBSAN in kernel logs, oops, BUG.

const HEAD =
  /(?:BUG: (KASAN|KMSAN|KCSAN): (.{1,200})|(general protection fault)|kernel BUG at (\S{1,200}:\d{1,9})|BUG: (?:unable to handle (?:kernel )?(NULL pointer dereference|paging request|page fault)|kernel (NULL pointer dereference)))/
const FRAME =
  /^\s*(?:\[<[0-9a-f]{8,16}>\] ?(?:\[<[0-9a-f]{8,16}>\] ?)?)?(?:#\d{1,3} +)?([A-Za-z_][\w.$]{0,200})\+0x[0-9a-f]{1,8}\/0x[0-9a-f]{1,8}(?: \[\w{1,60}\])?(?:\s+(\S{1,500}:\d{1,9}))?/
const INLINE = /^\s*\[ ?[Ii]nline ?\]\s+([A-Za-z_]\w{0,200})\s+(\S{1,500}:\d{1,9})/
const RIP = /RIP: (?:[0-9a-f]{4}:)?(?:\s*\[<[0-9a-f]{8,16}>\]){0,2} *([A-Za-z_][\w.]{0,200})\+0x/

export const KERNEL: Family = {
  weigh(line) {
    if (!/BUG|general protection/.test(line)) return null
    return HEAD.test(line) ? 'finding' : null
  },
  read(lines, at, until) {
    const head = HEAD.exec(lines[at]!)
    if (!head) return null
    const said = head[2]?.replace(/ (?:in|at) .{1,300}$/, '').replace(/^([a-z-]+): /, '$1 ')
    const kind =
      said ?? (head[3] ? 'general-protection-fault' : head[4] ? head[4].replace(/:\d+$/, ':{*}!') : 'null-dereference')
    let crash = crashOf('other', `kernel: ${kind}`)
    for (const line of lines.slice(at + 1, Math.min(at + 6, until))) {
      const access = /^(Read|Write) of size (\d{1,9})(?: at addr ([0-9a-f]{1,16}))?/.exec(line.trim())
      if (access)
        crash = {
          ...crash,
          access: access[1] === 'Read' ? 'read' : 'write',
          size: Number(access[2]),
          address: access[3] ? `0x${access[3]}` : null,
        }
    }
    return { crash, stack: kernelStack(lines, at, until), otherStacks: [], message: null }
  },
}

function kernelStack(lines: readonly string[], at: number, until: number): Frame[] {
  const frames: Frame[] = []
  const in_ = / in ([A-Za-z_][\w.]{0,200})\+0x/.exec(lines[at]!)?.[1]
  let began = false
  for (let i = at + 1; i < until && frames.length < MOST_FRAMES; i++) {
    const line = lines[i]!
    const rip = RIP.exec(line)?.[1]
    if (rip !== undefined && !began && frames.length === 0) frames.push(frameOf(rip, null, null))
    if (/Call Trace:|Backtrace:|Stack Trace:/i.test(line)) {
      began = true
      continue
    }
    const numbered = parseFrameLine(line)
    if (numbered) {
      if (numbered.number === 0 && frames.some((frame) => frame.symbol !== null)) break
      frames.push(numbered.frame)
      continue
    }
    const found = INLINE.exec(line) ?? FRAME.exec(line)
    if (found && !/\] \? /.test(line) && (began || line.trimStart().startsWith('#') || line.trimStart().startsWith('[<'))) {
      const place = parsePlace(found[2] ?? '')
      frames.push({ symbol: found[1]!, path: place.path, line: place.line, column: place.column, module: null })
    } else if (
      began &&
      frames.length > 1 &&
      /^\s*(?:RIP|Code|Allocated by|Freed by|The buggy address|---\[|={10}|<\/TASK>|Modules linked)/.test(line)
    )
      break
  }
  if (frames.length === 0 && in_ !== undefined) frames.push(frameOf(in_, null, null))
  return frames
}
