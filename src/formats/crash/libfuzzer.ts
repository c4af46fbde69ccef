import { readStack } from './native-stack.ts'
import { crashOf, type Family } from './reading.ts'

const HEAD = /(?:(?:ERROR|ALARM): libFuzzer: |={9} (?=Per-input timeout exceeded|RSS limit exceeded))(.{1,200})/
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^timeout|^Per-input timeout/, 'timeout'],
  [/^out-of-memory|^RSS limit/, 'out-of-memory'],
  [/^fuzz target exited/, 'unexpected-exit'],
  [/^fuzz target overwrites/, 'overwrites-const-input'],
  [/^deadly signal/, 'deadly signal'],
]

/** libFuzzer's own reports: deadly signal, timeout, out of memory, exit. */
export const LIBFUZZER: Family = {
  weigh(line) {
    const head = HEAD.exec(line)
    if (!head) return null
    return head[1]!.startsWith('deadly signal') ? 'signal' : head[1]!.startsWith('fuzz target exited') ? 'claim' : 'finding'
  },
  read(lines, at, until) {
    const text = HEAD.exec(lines[at]!)?.[1]
    if (text === undefined) return null
    const kind = KINDS.find(([pattern]) => pattern.test(text))?.[1] ?? 'libFuzzer error'
    return { crash: crashOf('libfuzzer', kind), stack: readStack(lines, at + 1, until).frames, otherStacks: [], message: null }
  },
}

/** The token by which the sanitizer itself groups crashes (`DEDUP_TOKEN: f--g--h`); null where none is printed. */
export function dedupToken(lines: readonly string[]): string | null {
  for (const line of lines) {
    const token = /^DEDUP_TOKEN: (\S{1,1000})/.exec(line)
    if (token) return token[1]!
  }
  return null
}
