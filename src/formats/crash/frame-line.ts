import type { Frame } from '../../core/findings/finding.ts'
import { LINE_MAX } from './log-line.ts'

/** A frame and its number in the printed stack. */
export interface NumberedFrame {
  readonly number: number
  readonly frame: Frame
}

const NOTES = / \(BuildId: [0-9a-fA-F]{1,64}\)$/

/**
 * Reads one printed native frame: sanitizers (`#0 0x… in f file:1:2`), ThreadSanitizer (`#0 f file:1 (module+0x…)`), Android
 * (`#00 pc 0… /lib/x.so (f+12)`), gdb (`#0  0x… in f (a=1) at file:1`). Null when the line is none.
 */
export function parseFrameLine(text: string): NumberedFrame | null {
  const line = text.slice(0, LINE_MAX).trim()
  if (!line.startsWith('#')) return null
  const head = /^#(\d{1,4})(?:\.\d{1,3})?\s+(?:(pc)\s+)?(?:(0x[0-9a-fA-F]{1,16}|(?<=pc\s+)[0-9a-fA-F]{4,16})\s*)?(?:in )?/.exec(
    line,
  )
  if (!head) return null
  const body = line.slice(head[0].length).replace(NOTES, '').trim()
  if (body === '' && head[3] === undefined) return null
  // Fuzzers count their progress in the same form: `#185 INITED cov: …`.
  if (head[3] === undefined && /^(?:INITED|NEW|REDUCE|pulse|READ|DONE|RELOAD|BINGO)\b/.test(body)) return null
  return { number: Number(head[1]), frame: head[2] ? parseAndroid(body) : parseBody(body) }
}

function parseAndroid(body: string): Frame {
  const split = /^(\S{1,1024})\s+\((.{1,2048})\)/.exec(body)
  if (!split) return frameOf(null, null, body.split(' ')[0] ?? null)
  const symbol = split[2]!.replace(/\+(?:0x)?[0-9a-fA-F]{1,16}$/, '')
  return frameOf(/^(?:BuildId|offset)/.test(symbol) ? null : symbol, null, split[1]!)
}

/** The part after the address: symbol, then place, then module, each of which may be missing. */
export function parseBody(body: string): Frame {
  let rest = body
  let module: string | null = null
  const tail = /(?:^|\s)\(([^()\s][^()]{0,1000}?)(?:\+0x[0-9a-fA-F]{1,16})\)$/.exec(rest.slice(-1_040))
  if (tail) {
    module = tail[1]!
    rest = rest.slice(0, rest.length - tail[0].length).trim()
  }
  if (rest === '(<unknown module>)') return frameOf(null, null, null)
  const gdb = gdbPlace(rest)
  if (gdb) return gdb
  const at = placeStart(rest)
  if (at < 0) return frameOf(rest === '' ? null : rest, null, module)
  const place = parsePlace(rest.slice(at).trim())
  const symbol = rest.slice(0, at).trim()
  if (/\.(?:so|dll|exe|dylib)(?:\.\d+)*\+?0x/.test(rest.slice(at)) || /\+0x[0-9a-f]{1,16}$/i.test(rest)) {
    return frameOf(
      symbol === '' ? null : symbol,
      null,
      rest
        .slice(at)
        .trim()
        .replace(/\+0x[0-9a-f]{1,16}$/i, ''),
    )
  }
  return { symbol: symbol === '' ? null : symbol, path: place.path, line: place.line, column: place.column, module }
}

function gdbPlace(rest: string): Frame | null {
  const open = rest.indexOf(' (')
  if (open <= 0 || !/\)(?: at | from |$)/.test(rest.slice(open))) return null
  const at = rest.lastIndexOf(') at ')
  const from = rest.lastIndexOf(') from ')
  if (at < 0 && from < 0 && !rest.endsWith(' ()')) return null
  const symbol = rest.slice(0, open)
  if (symbol.includes('operator') || symbol.includes('<')) return null
  if (at > 0) {
    const place = parsePlace(rest.slice(at + 5))
    return { symbol, path: place.path, line: place.line, column: place.column, module: null }
  }
  return frameOf(symbol, null, from > 0 ? rest.slice(from + 7) : null)
}

/** Where the file begins: the first word outside brackets that starts like an absolute path, else the last that looks like one. */
function placeStart(rest: string): number {
  let depth = 0
  let last = -1
  if (startsPath(rest, 0)) return 0
  for (let i = 0; i < rest.length; i++) {
    const c = rest[i]!
    if (c === 'o' && rest.startsWith('operator', i)) {
      i += 7
      while (i + 1 < rest.length && /[<>=\-!()[\]]/.test(rest[i + 1]!)) {
        if (rest[i + 1] === '(' && rest[i + 2] !== ')') break
        i++
      }
    } else if (c === '(' || c === '<' || c === '[' || c === '{') depth++
    else if (c === ')' || c === ']' || c === '}' || (c === '>' && rest[i - 1] !== '-')) depth = Math.max(0, depth - 1)
    else if (c === ' ' && depth === 0) {
      if (startsPath(rest, i + 1)) return i
      last = i
    }
  }
  // Brackets that never close (cut lines, `operator<<` spellings): the last word may still be a place.
  if (last < 0 || depth > 0) last = Math.max(last, rest.lastIndexOf(' '))
  if (last < 0) return looksLikePlace(rest) ? 0 : -1
  return looksLikePlace(rest.slice(last + 1)) ? last : -1
}

function startsPath(text: string, at: number): boolean {
  const c = text[at]
  if (c === '/') return true
  if (c === '.') return text.startsWith('./', at) || text.startsWith('../', at) || text.startsWith('..\\', at)
  return text[at + 1] === ':' && (text[at + 2] === '\\' || text[at + 2] === '/') && /[A-Za-z]/.test(c ?? '')
}

function looksLikePlace(word: string): boolean {
  if (word === '<null>' || word.startsWith('??:')) return true
  if (word.includes('(') || word.includes('<')) return false
  return (
    /^[^:]{1,1024}:\d{1,9}(?::\d{1,9})?$/.test(word) ||
    /[/\\]/.test(word) ||
    /\.(?:c|cc|cpp|cxx|h|hh|hpp|rs|go|S|m|mm|swift|inc)$/.test(word)
  )
}

/** `path:line:column`, `path:line`, `path(line)` or a bare path; `??` and `<null>` are no path. */
export function parsePlace(text: string): { path: string | null; line: number | null; column: number | null } {
  const place = text.slice(0, 2_048)
  const numbered = /^(.*?)(?::(\d{1,9}))(?::(\d{1,9}))?:?$/.exec(place) ?? /^(.*?)\((\d{1,9})\)$/.exec(place)
  const path = (numbered?.[1] ?? place).trim()
  if (path === '' || path === '??' || path === '<null>') return { path: null, line: null, column: null }
  const line = Number(numbered?.[2] ?? 0)
  const column = Number(numbered?.[3] ?? 0)
  return { path, line: line > 0 ? line : null, column: column > 0 ? column : null }
}

export function frameOf(symbol: string | null, path: string | null, module: string | null): Frame {
  const named = symbol === '' || symbol === '??' || symbol === '<null>' || symbol === '<unknown>' ? null : symbol
  return { symbol: named, path, line: null, column: null, module }
}
