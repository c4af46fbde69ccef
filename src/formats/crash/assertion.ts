import type { Frame } from '../../core/findings/finding.ts'
import { readLooseStack, readStack } from './native-stack.ts'
import { crashOf, type Family } from './reading.ts'

// A program that stops itself and says why: assert(), CHECK, glibc's heap checks, GLib, V8, WebKit, std::terminate.

interface Claim {
  readonly kind: string
  readonly message: string
  readonly file: string | null
  readonly line: number | null
  /** Where the style writes the file after the message (`… in file.cc`). */
  readonly named: boolean
}

type Rule = readonly [mark: string, read: (line: string, next: string) => Claim | null]

const RULES: readonly Rule[] = [
  [
    'Assertion `',
    (line) =>
      claimOf(
        'assertion',
        /^(?:.{1,400}?: )?([^\s:]{1,400}):(\d{1,9}): .{1,1000}?: Assertion `(.{1,1500})' failed/.exec(line),
        3,
        1,
        2,
      ),
  ],
  [
    'Assertion failed: ',
    (line) =>
      claimOf(
        'assertion',
        /Assertion failed: \(?(.{1,1500}?)\)?, (?:function .{1,400}, )?file ([^,]{1,400}), line (\d{1,9})/.exec(line),
        1,
        2,
        3,
      ) ??
      claimOf('assertion', /Assertion failed: (.{1,1500}?)(?: \(([^():]{1,400}): .{1,300}: (\d{1,9})\))?$/.exec(line), 1, 2, 3),
  ],
  ['ASSERTION FAILED: ', (line) => claimOf('assertion', /ASSERTION FAILED: (.{1,2000})$/.exec(line), 1)],
  ['Assert failed: ', (line) => claimOf('assertion', /Assert failed: (.{1,2000})$/.exec(line), 1)],
  [
    'assertion failed',
    (line) =>
      claimOf(
        'assertion',
        /ERROR:([^\s:]{1,400}):(\d{1,9}):.{1,400}?: assertion failed(?: \(.{1,400}\))?: (.{1,1500})$/.exec(line),
        3,
        1,
        2,
      ),
  ],
  [
    '[critical][assert]',
    (line) => claimOf('panic', /\] ([^\s:\]]{1,400}):(\d{1,9})\] (?:panic|assert failure): (.{1,1000})$/.exec(line), 3, 1, 2),
  ],
  ['abort: ', (line) => claimOf('assertion', /^abort: (.{1,1500}?)(?: \[([^\]:]{1,400}):(\d{1,9})\])?$/.exec(line), 1, 2, 3)],
  ['Security DCHECK failed: ', (line) => check('Security DCHECK failure', line, 'Security DCHECK failed: ')],
  ['DCHECK failed: ', (line) => check('check failure', line, 'DCHECK failed: ')],
  ['Check failed: ', (line) => check('check failure', line, 'Check failed: ')],
  ['NOTREACHED hit. ', (line) => check('check failure', line, 'NOTREACHED hit. ')],
  [' CHECK', (line) => media(line)],
  ['# Fatal error', (line, next) => v8Fatal(line, next)],
  ['V8 error: ', (line) => claimOf('V8 API error', /V8 error: (.{1,1000}?)\.?$/.exec(line), 1)],
  ['FATAL:', (line) => chromeFatal(line)],
  ['] ', (line) => glogFatal(line)],
  [
    ' detected ***',
    (line) => claimOf('glibc abort', /\*\*\* (stack smashing|buffer overflow|invalid %N\$ use) detected \*\*\*/.exec(line), 1),
  ],
  [
    'double free or corruption',
    (line) => claimOf('double-free', /(double free or corruption(?: \([!\w]{1,20}\))?)/.exec(line), 1),
  ],
  [
    '(): ',
    (line) =>
      claimOf(
        'heap corruption',
        /(?:^|: |\s)((?:free|malloc|realloc|munmap_chunk|malloc_consolidate|unlink)\(\): [a-z][^'"]{4,120})$/.exec(line),
        1,
      ),
  ],
  [
    'corrupted ',
    (line) =>
      claimOf(
        'heap corruption',
        /^(?:\*\*\* .{1,200}: )?(corrupted (?:size vs\. prev_size|double-linked list).{0,60})$/.exec(line),
        1,
      ),
  ],
  ['terminate called', (line, next) => terminate(line, next)],
  ['memory allocation of ', (line) => claimOf('out-of-memory', /^(memory allocation of \d{1,30} bytes failed)/.exec(line), 1)],
]

export const ASSERTION: Family = {
  weigh: (line, next) => (claim(line, next) === null ? null : 'claim'),
  read(lines, at, until) {
    const found = claim(lines[at]!, lines[at + 1] ?? '')
    if (!found) return null
    const file =
      found.file === null ? null : found.file.slice(Math.max(found.file.lastIndexOf('/'), found.file.lastIndexOf('\\')) + 1)
    const message = found.message === '' ? file : found.named && file !== null ? `${found.message} in ${file}` : found.message
    const own: Frame[] =
      found.file === null ? [] : [{ symbol: null, path: found.file, line: found.line, column: null, module: null }]
    const printed = readStack(lines, at + 1, Math.min(until, at + 600), 24).frames
    const stack = isMostlyNamed(printed) ? printed : namedOr(readLooseStack(lines, at + 1, until))
    const kind =
      message !== null && /smashing/.test(message)
        ? 'stack smashing'
        : message === 'buffer overflow'
          ? 'buffer overflow'
          : found.kind
    return {
      crash: crashOf('other', kind),
      stack: stack.some((frame) => frame.symbol !== null) ? stack : own,
      otherStacks: [],
      message: kind === 'out-of-memory' ? null : message,
    }
  },
}

/** Backtraces printed without symbols are of no use: the one the sanitizer prints after them is taken instead. */
function isMostlyNamed(frames: readonly Frame[]): boolean {
  const first = frames.slice(0, 8)
  return first.length > 0 && first.filter((frame) => frame.symbol !== null).length * 2 > first.length
}

function namedOr(frames: Frame[]): Frame[] {
  return isMostlyNamed(frames) ? frames : []
}

function claim(line: string, next: string): Claim | null {
  for (const [mark, read] of RULES) {
    if (!line.includes(mark)) continue
    const found = read(line, next)
    if (found) return found
  }
  return null
}

function claimOf(kind: string, found: RegExpExecArray | null, message: number, file?: number, line?: number): Claim | null {
  const text = found?.[message]?.trim()
  if (!found || text === undefined) return null
  const place = file === undefined ? null : (found[file] ?? null)
  return {
    kind,
    message: text,
    file: place,
    line: place === null || line === undefined ? null : Number(found[line]),
    named: false,
  }
}

const CHROME = /(?:^|\[|:)(?:FATAL|F):([^\s()[\]]{1,300}?)(?:\((\d{1,9})\)|:(\d{1,9}))\]/
const GLOG = /\bF\d{4} [\d:.]{8,20} +\d{1,12} ([^\s:]{1,300}):(\d{1,9})\]/
const V8 = /in ([^\s,]{1,300}), line (\d{1,9})/

function placeOf(line: string): { file: string | null; line: number | null } {
  const found = CHROME.exec(line) ?? GLOG.exec(line) ?? V8.exec(line)
  return { file: found?.[1] ?? null, line: found ? Number(found[2] ?? found[3]) : null }
}

function check(kind: string, line: string, mark: string): Claim | null {
  const at = line.indexOf(mark)
  // V8 says the place one line before (`# Fatal error in file, line n`), and is read there.
  if (line.startsWith('# ')) return null
  const text = line.slice(at + mark.length, at + mark.length + 1_500)
  const place = placeOf(line.slice(0, at))
  return { kind, message: expressionOf(text), ...place, named: true }
}

/** The checked expression without the values that were compared and without what was streamed after it. */
function expressionOf(text: string): string {
  const values = text.search(/ \((?:-?[\w.]{0,40} ?vs\.|.{0,400} vs\. )/)
  let expression = values >= 0 ? text.slice(0, values) : text
  expression = expression.replace(/; .{0,1000}$/, '').trim()
  return /\. /.test(expression) ? expression : expression.replace(/[.:]$/, '')
}

function media(line: string): Claim | null {
  const found = /([^\s:]{1,300}):(\d{1,9}) (CHECK(?:_[A-Z]{2})?\(.{1,500}\) failed)/.exec(line)
  return found ? { kind: 'check failure', message: found[3]!, file: found[1]!, line: Number(found[2]), named: true } : null
}

function v8Fatal(line: string, next: string): Claim | null {
  const head = /^\s*# Fatal error(?: in (.{0,300}))?$/.exec(line)
  if (!head) return null
  const place = V8.exec(line)
  const text = /^\s*# (\S.{0,1500})$/.exec(next)?.[1] ?? ''
  const file = place?.[1] ?? null
  const at = place ? Number(place[2]) : null
  if (/^Fatal process out of memory/.test(text)) return { kind: 'out-of-memory', message: text, file, line: at, named: false }
  if (/^unreachable code/i.test(text)) return { kind: 'Unreachable code', message: '', file, line: at, named: true }
  if (text.startsWith('Debug check failed: ') || text.startsWith('Check failed: ')) {
    return { kind: 'check failure', message: expressionOf(text.slice(text.indexOf(': ') + 2)), file, line: at, named: true }
  }
  return { kind: 'Fatal error', message: text.replace(/\.$/, ''), file, line: at, named: true }
}

function chromeFatal(line: string): Claim | null {
  const place = CHROME.exec(line)
  if (!place) return null
  const text = line.slice(place.index + place[0].length).trim()
  if (/^Out of memory/i.test(text)) return { kind: 'out-of-memory', message: text, ...placeOf(line), named: false }
  return { kind: 'check failure', message: expressionOf(text), ...placeOf(line), named: true }
}

function glogFatal(line: string): Claim | null {
  const place = GLOG.exec(line)
  if (!place) return null
  const text = line.slice(place.index + place[0].length).trim()
  return { kind: 'Fatal error', message: expressionOf(text), file: place[1]!, line: Number(place[2]), named: true }
}

function terminate(line: string, next: string): Claim | null {
  const found = /terminate called (?:after throwing an instance of '(.{1,300}?)'|without an active exception)/.exec(line)
  if (!found) return null
  const what = /^\s*what\(\):\s*(.{1,500})$/.exec(next)?.[1]
  const message =
    found[1] === undefined ? 'terminate without an active exception' : what === undefined ? found[1] : `${found[1]}: ${what}`
  return { kind: 'uncaught exception', message, file: null, line: null, named: false }
}
