import type { Frame } from '../../core/findings/finding.ts'
import { MOST_FRAMES } from './native-stack.ts'
import { crashOf, type Family, OTHER_STACKS, type OtherStack } from './reading.ts'

const JAZZER = /^\s*== Java Exception: (.{1,2000})$/
const THREAD =
  /^\s*(?:Exception in thread "[^"]{0,200}"|FATAL EXCEPTION: .{0,200}|Uncaught exception:?) (?=[\w$.]{3,300}(?::|$))/
const THROWN =
  /^\s*([a-z][\w$]{0,100}(?:\.[\w$]{1,100}){1,20}(?:Exception|Error|Throwable|SecurityIssue\w{1,20}|Failure|Death))(?:: (.{0,2000}))?$/
const CAUSE = /^\s*(?:Caused by|Suppressed): ([\w$.]{3,300})(?:: (.{0,2000}))?/
const AT = /^\s*at ([\w$.<>/@-]{1,500})\((.{0,300})\)/

/** Java stack traces and Jazzer's findings (`== Java Exception: …`). */
export const JAVA: Family = {
  weigh(line, next) {
    if (JAZZER.test(line)) return 'finding'
    if (CAUSE.test(line)) return null
    return (THREAD.test(line) || THROWN.test(line)) && (AT.test(next) || THREAD.test(line)) ? 'claim' : null
  },
  read(lines, at, until) {
    const line = lines[at]!
    const jazzer = JAZZER.exec(line)
    const thrown = THROWN.exec(jazzer ? jazzer[1]! : line.replace(THREAD, ''))
    const name = thrown?.[1] ?? (jazzer?.[1] ?? line.replace(THREAD, '')).split(':')[0]!.trim().slice(0, 200)
    const stack = framesFrom(lines, at + 1, until)
    const otherStacks: OtherStack[] = []
    for (let i = at + 1; i < until && otherStacks.length < OTHER_STACKS; i++) {
      if (!CAUSE.test(lines[i]!)) continue
      const frames = framesFrom(lines, i + 1, until)
      if (frames.length > 0) otherStacks.push({ role: 'cause', frames })
    }
    const short = name.slice(name.lastIndexOf('.') + 1)
    // Jazzer's own issues say the weakness in words: `FuzzerSecurityIssueHigh: Remote Command Execution`.
    const issue = /FuzzerSecurityIssue/.test(name) ? (thrown?.[2] ?? short).split(/\n|\. |: /)[0]!.slice(0, 120) : null
    const message = thrown?.[2] === undefined ? short : `${short}: ${thrown[2]}`
    return { crash: crashOf(jazzer ? 'jazzer' : 'java', issue ?? `uncaught exception ${short}`), stack, otherStacks, message }
  },
}

function framesFrom(lines: readonly string[], from: number, until: number): Frame[] {
  const frames: Frame[] = []
  for (let i = from; i < until && frames.length < MOST_FRAMES; i++) {
    const at = AT.exec(lines[i]!)
    if (at) frames.push(frameOfJava(at[1]!, at[2]!))
    else if (frames.length > 0 || i - from > 6) break
    else if (CAUSE.test(lines[i]!)) break
  }
  return frames
}

function frameOfJava(name: string, place: string): Frame {
  // `java.base/java.util.List.get`, `app//pkg.Class.method`: the module stands before the last slash.
  const slash = name.lastIndexOf('/')
  const symbol = name.slice(slash + 1)
  const file = /^([\w$.-]{1,200}):(\d{1,9})$/.exec(place)
  const known = place === 'Native Method' || place === 'Unknown Source' ? null : (file?.[1] ?? place)
  return {
    symbol,
    path: known === '' ? null : known,
    line: file ? Number(file[2]) : null,
    column: null,
    module: slash > 0 ? name.slice(0, slash) : null,
  }
}
