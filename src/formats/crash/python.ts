import type { Frame } from '../../core/findings/finding.ts'
import { MOST_FRAMES } from './native-stack.ts'
import { crashOf, type Family, OTHER_STACKS, type OtherStack } from './reading.ts'

const HEAD = /Traceback \(most recent call last\):\s*$/
const FILE = /^[\s|+]*File "(.{1,1000}?)", line (\d{1,9})(?:, in (.{1,400}))?$/
const CHAINED = /^\s*(?:During handling of the above exception|The above exception was the direct cause)/
const ERROR = /^([A-Za-z_][\w.]{0,200})(?:: (.{0,2000}))?$/

/** Python tracebacks; of chained ones the last is the crash and the earlier ones are its causes. */
export const PYTHON: Family = {
  weigh: (line) => (HEAD.test(line) ? 'claim' : null),
  read(lines, at, until) {
    const causes: OtherStack[] = []
    let from = at
    let part = readTraceback(lines, from + 1, until)
    while (causes.length < OTHER_STACKS) {
      const next = chainedAfter(lines, part.next, until)
      if (next < 0) break
      causes.push({ role: 'cause', frames: part.frames })
      from = next
      part = readTraceback(lines, from + 1, until)
    }
    // Atheris and PySecSan print `FuzzError: Traceback …` and the error's own line before.
    const before = /^\s*([A-Za-z_][\w.]{0,200}): Traceback/.exec(lines[from]!)?.[1]
    const name = part.error?.[1] ?? before ?? 'Exception'
    const text = part.error?.[2]
    const kind = `uncaught exception ${name.slice(name.lastIndexOf('.') + 1)}`
    return {
      crash: crashOf('python', kind),
      stack: part.frames,
      otherStacks: causes,
      message: text === undefined ? name : `${name}: ${text}`,
    }
  },
}

function readTraceback(
  lines: readonly string[],
  from: number,
  until: number,
): { frames: Frame[]; error: RegExpExecArray | null; next: number } {
  const frames: Frame[] = []
  let error: RegExpExecArray | null = null
  let i = from
  for (; i < until; i++) {
    const line = lines[i]!
    const file = FILE.exec(line)
    if (file) {
      frames.push({ symbol: file[3] ?? null, path: file[1]!, line: Number(file[2]), column: null, module: null })
      if (frames.length > 4 * MOST_FRAMES) frames.shift()
    } else if (/^\S/.test(line)) {
      error = ERROR.exec(line)
      if (error || frames.length > 0) break
    } else if (line.trim() === '' && frames.length > 0) break
  }
  return { frames: frames.reverse().slice(0, MOST_FRAMES), error, next: i + 1 }
}

function chainedAfter(lines: readonly string[], from: number, until: number): number {
  for (let i = from; i < Math.min(from + 4, until); i++) {
    if (!CHAINED.test(lines[i]!)) continue
    for (let j = i + 1; j < Math.min(i + 4, until); j++) if (HEAD.test(lines[j]!)) return j
  }
  return -1
}
