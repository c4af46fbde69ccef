const TEXT_MAX = 8_192

// Classes of characters that a run without a blank may hold: joints of code names, small letters, capitals, digits.
const JOINT = 1
const SMALL = 2
const CAPITAL = 3
const DIGIT = 4
const CLASS = classes()

function classes(): Uint8Array {
  const out = new Uint8Array(128)
  for (const one of '_$.:/#>-()') out[one.charCodeAt(0)] = JOINT
  for (let i = 0; i < 26; i++) {
    out[97 + i] = SMALL
    out[65 + i] = CAPITAL
  }
  for (let i = 48; i < 58; i++) out[i] = DIGIT
  return out
}

const UNDERSCORE = 95
const DOT = 46
const COLON = 58
const SLASH = 47
const OPEN = 40
const CLOSE = 41
const GREATER = 62

// A name of code: snake_case, camelCase, dotted or scoped names, calls, paths with an extension.
const CODE = /[A-Za-z_$][\w$]*(?:(?:::|\.|->|#|\/)[A-Za-z_$][\w$]*)*(?:\(\))?/g
const MARKS = /[a-z0-9]_[a-z0-9]|[a-z][A-Z]|\(\)$|::|->|[a-z0-9]\.[a-z]|\/[a-z]|[A-Z]_[A-Z]/

/** Names of functions, fields, files and parameters that a text mentions, as written without `()`, at most `most`. */
export function identifiersIn(text: string, most: number): string[] {
  const out = new Set<string>()
  const end = Math.min(text.length, TEXT_MAX)
  let start = -1
  let marked = false
  let before = 0
  let kindBefore = 0
  // One pass by character picks the few runs worth a pattern: most words of a report are prose.
  for (let i = 0; i <= end; i++) {
    const code = i === end ? 32 : text.charCodeAt(i)
    const kind = code < 128 ? CLASS[code]! : 0
    if (kind === 0) {
      if (marked) namesIn(text.slice(start, i), out, most)
      if (out.size >= most) break
      start = -1
      marked = false
    } else if (start < 0) {
      start = i
    } else if (kind !== kindBefore && !marked) {
      marked = isMark(before, kindBefore, code, kind)
    } else if (kind === JOINT && !marked) {
      marked = (code === COLON && before === COLON) || (code === CLOSE && before === OPEN) || code === GREATER
    }
    before = code
    kindBefore = kind
  }
  return [...out]
}

// Where the class changes inside a run: a capital after a small letter, a letter after a joint of names.
function isMark(before: number, kindBefore: number, code: number, kind: number): boolean {
  if (kind === CAPITAL) return kindBefore === SMALL || before === UNDERSCORE
  if (kind === SMALL) return before === UNDERSCORE || before === DOT || before === SLASH
  return code === GREATER
}

function namesIn(run: string, out: Set<string>, most: number): void {
  if (/^(?:https?|ftp):/i.test(run)) return
  for (const [found] of run.matchAll(CODE)) {
    if (found.length < 4 || found.length > 80 || !MARKS.test(found) || /^(?:www|e\.g|i\.e)/i.test(found)) continue
    out.add(found.endsWith('()') ? found.slice(0, -2) : found)
    if (out.size >= most) return
  }
}
