import type { Crash, CrashTool } from '../../core/findings/finding.ts'
import { readStack } from './native-stack.ts'
import { crashOf, type Family, OTHER_STACKS, type OtherStack, type RawReading } from './reading.ts'

// AddressSanitizer and what reports in its form: HWAddressSanitizer, and the signal reports of the other sanitizers.

const HEAD = /ERROR: (Address|HWAddress|Memory|UndefinedBehavior|Thread|Leak|MemTag|DataFlow)Sanitizer: /
const TOOLS: Readonly<Record<string, CrashTool>> = { Memory: 'msan', UndefinedBehavior: 'ubsan', Thread: 'tsan', Leak: 'lsan' }
const SIGNALS =
  /^(?:SEGV|ABRT|ILL|FPE|BUS|TRAP|breakpoint|access-violation|illegal-instruction|unknown-crash|int-divide-by-zero|nested bug)/

export const SANITIZER: Family = {
  weigh(line) {
    const head = HEAD.exec(line)
    if (!head) return null
    const rest = line.slice(head.index + head[0].length)
    if (rest.startsWith('detected memory leaks') || rest.startsWith('data race')) return null
    return SIGNALS.test(rest) ? 'signal' : 'finding'
  },
  read(lines, at, until) {
    const line = lines[at]!
    const head = HEAD.exec(line)
    if (!head) return null
    const rest = line.slice(head.index + head[0].length)
    const kind = kindOf(rest)
    const { frames, next } = readStack(lines, at + 1, until)
    const context = lines.slice(at + 1, Math.min(at + 12, until))
    const crash: Crash = {
      ...crashOf(TOOLS[head[1]!] ?? 'asan', kind),
      ...accessIn(context),
      address:
        /(?:on (?:unknown )?address|double-free on|malloc\(\)-ed:|sub-page free on|for) (0x[0-9a-f]{1,16})/.exec(rest)?.[1] ??
        null,
      signal: /^(?:SEGV|ABRT|ILL|FPE|BUS|TRAP)/.test(rest) ? `SIG${kind}` : null,
    }
    return { crash, stack: frames, otherStacks: otherStacks(lines, next, until), message: null } satisfies RawReading
  },
}

function kindOf(rest: string): string {
  if (rest.startsWith('attempting double-free')) return 'double-free'
  if (rest.startsWith('attempting free')) return 'bad-free'
  if (rest.startsWith('requested allocation size')) return 'allocation-size-too-big'
  if (/^(?:allocator is out of memory|out of memory)/.test(rest)) return 'out-of-memory'
  if (rest.startsWith('attempting to call malloc_usable_size')) return 'bad-malloc_usable_size'
  if (/^(?:calloc|reallocarray|pvalloc) parameters overflow/.test(rest)) return 'calloc-overflow'
  return /^[A-Za-z][A-Za-z0-9_-]{0,60}/.exec(rest)?.[0] ?? 'unknown-crash'
}

/** `READ of size 8 at …`, `The signal is caused by a WRITE memory access`. */
function accessIn(lines: readonly string[]): Partial<Crash> {
  for (const line of lines) {
    const sized = /^\s*(READ|WRITE) of size (\d{1,15})/.exec(line)
    if (sized) return { access: sized[1] === 'READ' ? 'read' : 'write', size: Number(sized[2]) }
    const signal = /caused by a (READ|WRITE) memory access/.exec(line)
    if (signal) return { access: signal[1] === 'READ' ? 'read' : 'write' }
  }
  return {}
}

const ROLES: readonly (readonly [RegExp, OtherStack['role']])[] = [
  [/^(?:0x[0-9a-f]+ is .*)?freed by thread /, 'freed-by'],
  [/^(?:0x[0-9a-f]+ is .*)?(?:previously )?allocated by thread /, 'allocated-by'],
  [/^\s*Uninitialized value was created by /, 'allocated-by'],
  [/^\s*Uninitialized value was stored to memory /, 'cause'],
  [/^\s*Memory was marked as uninitialized/, 'cause'],
  [/^Thread T\d{1,6}.{0,80} created by /, 'other-thread'],
]

/** The stacks printed after the first, with what each of them is. */
export function otherStacks(lines: readonly string[], from: number, until: number): OtherStack[] {
  const out: OtherStack[] = []
  for (let i = from; i < until && out.length < OTHER_STACKS; i++) {
    const line = lines[i]!.slice(0, 200)
    const role = ROLES.find(([pattern]) => pattern.test(line))?.[1]
    if (role === undefined) continue
    const { frames, next } = readStack(lines, i + 1, until, 2)
    if (frames.length === 0) continue
    out.push({ role, frames })
    i = next - 1
  }
  return out
}
