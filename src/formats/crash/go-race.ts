import { readGoStack } from './go-stack.ts'
import { crashOf, type Family, OTHER_STACKS, type OtherStack } from './reading.ts'

const ACCESS = /^\s*(Write|Read|Previous write|Previous read) at (0x[0-9a-f]{1,16}) by /i

/** Reports of Go's race detector (`WARNING: DATA RACE`). */
export const GO_RACE: Family = {
  weigh: (line) => (/^\s*WARNING: DATA RACE/.test(line) ? 'finding' : null),
  read(lines, at, until) {
    let crash = crashOf('go-race', 'data race')
    let stack: OtherStack['frames'] = []
    const otherStacks: OtherStack[] = []
    for (let i = at + 1; i < until && otherStacks.length < OTHER_STACKS; i++) {
      const line = lines[i]!.slice(0, 300)
      const access = ACCESS.exec(line)
      const origin = /^\s*Goroutine \d{1,9} .{0,40}created at/.test(line)
      if (!access && !origin) continue
      const { frames, next } = readGoStack(lines, i + 1, until)
      if (access && stack.length === 0 && !/previous/i.test(access[1]!)) {
        crash = { ...crash, access: /write/i.test(access[1]!) ? 'write' : 'read', address: access[2]! }
        stack = frames
      } else if (frames.length > 0) otherStacks.push({ role: origin ? 'other-thread' : 'previous-access', frames })
      i = Math.max(i, next - 1)
    }
    return { crash, stack, otherStacks, message: null }
  },
}
