import type { Frame } from '../../core/findings/finding.ts'
import { parsePlace } from './frame-line.ts'
import { MOST_FRAMES } from './native-stack.ts'
import { crashOf, type Family } from './reading.ts'

const HEAD = /^(?:==\d{1,9}== )?Uncaught Exception: (?:Jazzer\.js: )?(.{1,1000})/i
const AT = /^\s*at (?:async )?(?:(\S.{0,300}?) \()?((?:file:\/\/|node:|\/|[A-Za-z]:\\|<anonymous>).{0,500}?)\)?$/

/** Exceptions that end a JavaScript fuzz target (`==1== Uncaught Exception: …`). */
export const JAVASCRIPT: Family = {
  weigh: (line) => (HEAD.test(line) ? 'claim' : null),
  read(lines, at, until) {
    const head = HEAD.exec(lines[at]!)
    if (!head) return null
    const stack: Frame[] = []
    for (let i = at + 1; i < until && stack.length < MOST_FRAMES; i++) {
      const found = AT.exec(lines[i]!)
      if (found) stack.push({ symbol: nameOf(found[1]), ...parsePlace(found[2]!), module: null })
      else if (stack.length > 0 || i - at > 12) break
    }
    return { crash: crashOf('other', 'uncaught exception'), stack, otherStacks: [], message: head[1]! }
  },
}

function nameOf(name: string | undefined): string | null {
  if (name === undefined) return null
  return name.replace(/^(?:Object|Module|Function|new) ?\.?/, '').replace(/ \[as .{1,80}\]$/, '') || name
}
