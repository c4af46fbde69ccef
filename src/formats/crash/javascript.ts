import type { Frame } from '../../core/findings/finding.ts'
import { parsePlace } from './frame-line.ts'
import { MOST_FRAMES } from './native-stack.ts'
import { crashOf, type Family } from './reading.ts'

const HEAD = /^(?:==\d{1,9}== )?Uncaught Exception: (?:Jazzer\.js: )?(.{1,1000})/i
const AT = /^\s*at (?:async )?(?:(\S.{0,300}?) \()?((?:file:\/\/|node:|\/|[A-Za-z]:\\|<anonymous>).{0,500}?)\)?$/

// As Node prints what ended it. The line after must be one of JavaScript's own frames: with line and column, or in the engine.
const THROWN = /^(?:Uncaught )?([A-Z]\w{0,60}(?:Error|Exception))(?: \[[A-Z0-9_]{1,60}\])?(?:: (.{0,1000}))?$/
const FRAME = /^ {4}at (?:.{1,300} )?\(?(?:<anonymous>|(?:file:\/\/|node:|\/).{1,400}:\d{1,7}:\d{1,7})\)?$/

/** Exceptions that end a JavaScript fuzz target (`==1== Uncaught Exception: …`) or a program under Node (`TypeError: …`). */
export const JAVASCRIPT: Family = {
  weigh: (line, next) => (HEAD.test(line) || (THROWN.test(line) && FRAME.test(next)) ? 'claim' : null),
  read(lines, at, until) {
    const head = HEAD.exec(lines[at]!)
    const thrown = head === null ? THROWN.exec(lines[at]!) : null
    if (!head && !thrown) return null
    const stack: Frame[] = []
    for (let i = at + 1; i < until && stack.length < MOST_FRAMES; i++) {
      const found = AT.exec(lines[i]!)
      if (found) stack.push({ symbol: nameOf(found[1]), ...parsePlace(found[2]!), module: null })
      else if (stack.length > 0 || i - at > 12) break
    }
    const kind = thrown === null ? 'uncaught exception' : `uncaught exception ${thrown[1]}`
    return { crash: crashOf('other', kind), stack, otherStacks: [], message: head?.[1] ?? thrown?.[2] ?? null }
  },
}

function nameOf(name: string | undefined): string | null {
  if (name === undefined) return null
  return name.replace(/^(?:Object|Module|Function|new) ?\.?/, '').replace(/ \[as .{1,80}\]$/, '') || name
}
