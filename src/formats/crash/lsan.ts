import { readStack } from './native-stack.ts'
import { crashOf, type Family, OTHER_STACKS, type OtherStack } from './reading.ts'

const HEAD = /ERROR: (?:Leak|Address|HWAddress|Memory)Sanitizer: detected memory leaks/
const LEAK = /^\s*(Direct|Indirect) leak of (\d{1,15}) byte/

/** LeakSanitizer: the first direct leak is the crash, the other leaks of the same report stand beside it. */
export const LSAN: Family = {
  weigh: (line) => (HEAD.test(line) ? 'finding' : null),
  read(lines, at, until) {
    let first: { direct: boolean; size: number; frames: OtherStack['frames'] } | null = null
    const others: OtherStack[] = []
    for (let i = at + 1; i < until && others.length < OTHER_STACKS; i++) {
      const leak = LEAK.exec(lines[i]!.slice(0, 200))
      if (!leak) continue
      const direct = leak[1] === 'Direct'
      const { frames, next } = readStack(lines, i + 1, until, 1)
      if (first === null || (direct && !first.direct)) {
        if (first !== null) others.push({ role: 'allocated-by', frames: first.frames })
        first = { direct, size: Number(leak[2]), frames }
      } else others.push({ role: 'allocated-by', frames })
      i = Math.max(i, next - 1)
    }
    const kind = first === null || first.direct ? 'direct-leak' : 'indirect-leak'
    return {
      crash: crashOf('lsan', kind, { size: first?.size ?? null }),
      stack: first?.frames ?? [],
      otherStacks: others,
      message: null,
    }
  },
}
