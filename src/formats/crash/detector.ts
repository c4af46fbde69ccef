import type { Frame } from '../../core/findings/finding.ts'
import { MOST_FRAMES, readStack } from './native-stack.ts'
import { crashOf, type Family } from './reading.ts'

// Detectors that stop a program on behaviour and not on memory: OSS-Fuzz's system sanitizers, PySecSan, V8's sandbox, CFI.

const DETECTED = /^\s*=+ ?BUG DETECTED: (.{1,120}?) ?=+\s*$/
const NAMES: Readonly<Record<string, string>> = {
  'Shell corruption': 'Command injection',
  'Arbitrary domain name resolution': 'Arbitrary DNS resolution',
}
const PYTHON = /^\s*File "(.{1,1000}?)", line (\d{1,9})(?:, in (.{1,400}))?$/

export const DETECTOR: Family = {
  weigh: (line) => (detected(line) === null ? null : 'claim'),
  read(lines, at, until) {
    const kind = detected(lines[at]!)
    if (kind === null) return null
    const python = kind.startsWith('PySecSan')
    const stack = python ? pythonFrames(lines, at + 1, until) : readStack(lines, at + 1, until, 12).frames
    return { crash: crashOf(python ? 'python' : 'other', kind), stack, otherStacks: [], message: null }
  },
}

function detected(line: string): string | null {
  if (line.startsWith('## V8 sandbox violation detected')) return 'V8 sandbox violation'
  if (line.startsWith('CFI: Most likely a control flow integrity violation')) return 'bad-cast'
  const name = DETECTED.exec(line)?.[1]
  return name === undefined ? null : (NAMES[name] ?? name)
}

function pythonFrames(lines: readonly string[], from: number, until: number): Frame[] {
  const frames: Frame[] = []
  for (let i = from; i < until && frames.length < MOST_FRAMES; i++) {
    const file = PYTHON.exec(lines[i]!)
    if (file) frames.push({ symbol: file[3] ?? null, path: file[1]!, line: Number(file[2]), column: null, module: null })
    else if (frames.length > 0) break
  }
  return frames.reverse()
}
