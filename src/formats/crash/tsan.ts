import { readStack } from './native-stack.ts'
import { crashOf, type Family, OTHER_STACKS, type OtherStack } from './reading.ts'

const HEAD = /(?:WARNING|ERROR): ThreadSanitizer: ([a-z][a-zA-Z0-9 -]{2,60}?)(?: \(|$|:)/
const ACCESS = /^\s*(?:Atomic )?(Write|Read|write|read) of size (\d{1,9}) at (0x[0-9a-f]{1,16})/
const SECTIONS: readonly (readonly [RegExp, OtherStack['role']])[] = [
  [/^\s*Previous (?:atomic )?(?:write|read) of size/, 'previous-access'],
  [/^\s*Location is .*(?:allocated|heap block)/, 'allocated-by'],
  [/^\s*(?:Thread T\d|Mutex M\d).*(?:created|acquired)/, 'other-thread'],
]

/** ThreadSanitizer: the access that found the race is the crash, the earlier one and the threads' origins stand beside it. */
export const TSAN: Family = {
  weigh: (line) => (HEAD.test(line) && !/Sanitizer: (?:SEGV|ABRT|ILL|FPE|BUS|TRAP)/.test(line) ? 'finding' : null),
  read(lines, at, until) {
    const head = HEAD.exec(lines[at]!)
    if (!head) return null
    const { frames, next } = readStack(lines, at + 1, until)
    let access: RegExpExecArray | null = null
    for (let i = at + 1; i < Math.min(at + 4, until) && !access; i++) access = ACCESS.exec(lines[i]!.slice(0, 200))
    const others: OtherStack[] = []
    for (let i = next; i < until && others.length < OTHER_STACKS; i++) {
      const role = SECTIONS.find(([pattern]) => pattern.test(lines[i]!.slice(0, 300)))?.[1]
      if (role === undefined) continue
      const stack = readStack(lines, i + 1, until, 1)
      if (stack.frames.length > 0) others.push({ role, frames: stack.frames })
      i = Math.max(i, stack.next - 1)
    }
    const crash = crashOf('tsan', head[1]!, {
      access: access ? (access[1]!.toLowerCase() === 'write' ? 'write' : 'read') : null,
      size: access ? Number(access[2]) : null,
      address: access?.[3] ?? null,
    })
    return { crash, stack: frames, otherStacks: others, message: null }
  },
}
