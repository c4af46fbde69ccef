import { readGoStack } from './go-stack.ts'
import { crashOf, type Family, OTHER_STACKS, type OtherStack, type RawReading } from './reading.ts'

const HEAD = /^\s*(panic|fatal error): (.{1,2000})$/
const KNOWN =
  /^(slice bounds out of range|index out of range|integer divide by zero|invalid memory address or nil pointer dereference|makeslice: len out of range|hash of unhashable type|stack overflow|concurrent map (?:writes|read and map write|iteration and map write)|all goroutines are asleep - deadlock!)/

/** Go panics and fatal errors of its runtime. */
export const GO_PANIC: Family = {
  weigh: (line) => (HEAD.test(line) ? 'claim' : null),
  read(lines, at, until) {
    const head = HEAD.exec(lines[at]!)
    if (!head) return null
    const text = head[2]!.replace(/ \[recovered\]$/, '')
    const stacks: RawReading['stack'][] = []
    for (let i = at + 1; i < until && stacks.length < OTHER_STACKS; i++) {
      if (!/^\s*goroutine \d{1,12} .{0,12}\[/.test(lines[i]!.slice(0, 200)) && !/^runtime stack:/.test(lines[i]!)) continue
      const { frames, next } = readGoStack(lines, i + 1, until)
      if (frames.length > 0 && !lines[i]!.startsWith('runtime stack')) stacks.push(frames)
      i = Math.max(i, next - 1)
    }
    const native = /^runtime error: /.test(text)
    const known = KNOWN.exec(text.replace(/^runtime error: /, ''))?.[1]
    const kind = known ?? (head[1] === 'panic' ? 'panic' : 'Fatal error')
    const otherStacks: OtherStack[] = stacks.slice(1).map((frames) => ({ role: 'other-thread', frames }))
    return {
      crash: crashOf('go-panic', kind),
      stack: stacks[0] ?? [],
      otherStacks,
      message: known !== undefined || native ? null : text,
    }
  },
}
