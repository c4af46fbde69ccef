import { readStack } from './native-stack.ts'
import { crashOf, type Family } from './reading.ts'
import { otherStacks } from './sanitizer.ts'

const HEAD = /WARNING: MemorySanitizer: (use-of-uninitialized-value|[a-z-]{4,60})/

/** MemorySanitizer's own reports; its signal reports are read with AddressSanitizer's. */
export const MSAN: Family = {
  weigh: (line) => (HEAD.test(line) ? 'finding' : null),
  read(lines, at, until) {
    const head = HEAD.exec(lines[at]!)
    if (!head) return null
    const { frames, next } = readStack(lines, at + 1, until)
    return { crash: crashOf('msan', head[1]!), stack: frames, otherStacks: otherStacks(lines, next, until), message: null }
  },
}
