// Where the reader of a mangled name stands, with its bounds on work, depth and length.

const MAX_STEPS = 4_000
const MAX_DEPTH = 48
export const MAX_TEXT = 1_024

export interface State {
  readonly text: string
  at: number
  steps: number
  depth: number
  failed: boolean
  readonly subs: string[]
  args: string[]
}

export function enter(s: State): boolean {
  s.steps++
  if (s.steps > MAX_STEPS || s.depth >= MAX_DEPTH) s.failed = true
  return !s.failed
}

export function fail(s: State): string {
  s.failed = true
  return ''
}

export function remember(s: State, text: string): void {
  if (s.subs.length < 512) s.subs.push(text.slice(0, MAX_TEXT))
}

export function peek(s: State): string {
  return s.text[s.at] ?? ''
}

export function isDigit(c: string): boolean {
  return c >= '0' && c <= '9'
}

export function readNumber(s: State): number {
  let n = 0
  const from = s.at
  while (isDigit(peek(s)) && s.at - from < 7) n = n * 10 + Number(s.text[s.at++])
  return s.at === from ? -1 : n
}

/** The digits of S_ S0_ SZ_ (base 36, shifted by one), or of T_ T0_ (base 10): 0 for none. */
export function readSequence(s: State): number {
  let n = 0
  const from = s.at
  while (s.at - from < 5 && /[0-9A-Z]/.test(peek(s))) n = n * 36 + Number.parseInt(s.text[s.at++]!, 36)
  const empty = s.at === from
  if (peek(s) !== '_') {
    s.failed = true
    return 0
  }
  s.at++
  return empty ? 0 : n + 1
}

export function readDiscriminator(s: State): void {
  if (peek(s) !== '_') return
  s.at++
  if (peek(s) === '_') s.at++
  readNumber(s)
  if (peek(s) === '_') s.at++
}

export function readSourceName(s: State): string {
  const length = readNumber(s)
  if (length <= 0 || s.at + length > s.text.length) return fail(s)
  const name = s.text.slice(s.at, s.at + length)
  s.at += length
  return /^_GLOBAL_[._$]?N/.test(name) ? '(anonymous namespace)' : name
}
