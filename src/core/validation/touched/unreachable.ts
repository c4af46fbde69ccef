import { tokensOf } from './source-lines.ts'
import type { Finding, TouchedFile } from './touched-file.ts'

const NEVER =
  /\bif\s{0,8}\(\s{0,8}(?:0|false|NULL)\s{0,8}\)|^\s*#\s*if\s+0\b|^\s*(?:el)?if\s+(?:False|0|None)\s*:|&&\s{0,8}(?:0|false)\b|\band\s+False\b/
const ALWAYS = /\|\|\s{0,8}(?:1|true)\b(?!\s{0,8}[<>=+*-])|\bor\s+True\b/
const LEAVES = new Set(['return', 'goto', 'break', 'continue', 'throw', 'raise'])

/** Added code that keeps other code from running: conditions that never hold, and statements behind one that leaves. */
export function unreachable(file: TouchedFile): Finding[] {
  const found: Finding[] = []
  for (const n of file.added) {
    const line = (file.code[n] ?? '').slice(0, 2000)
    if (NEVER.test(line)) found.push({ fails: true, say: `${file.path}:${n + 1} adds a condition that never holds.` })
    else if (ALWAYS.test(line)) found.push({ fails: true, say: `${file.path}:${n + 1} adds a condition that always holds.` })
  }
  const cutOff = file.family === 'braces' ? behindLeave(file) : file.family === 'python' ? behindPythonLeave(file) : []
  return [
    ...found,
    ...cutOff.map((n) => ({ fails: true, say: `${file.path}:${n + 1} leaves early: what follows it never runs.` })),
  ]
}

interface Token {
  readonly text: string
  readonly line: number
}

// An added statement that leaves its block without a condition, with more statements behind it in the same block.
function behindLeave(file: TouchedFile): number[] {
  const tokens = tokenise(file.code)
  const out: number[] = []
  for (let i = 0; i < tokens.length; i++) {
    const { text, line } = tokens[i]!
    if (!LEAVES.has(text) || !file.added.has(line)) continue
    const before = tokens[i - 1]?.text ?? '{'
    if (before !== ';' && before !== '{' && before !== '}') continue
    if (before === '}' && !closesPlainly(tokens, i - 1)) continue
    const end = endOfStatement(tokens, i)
    const next = tokens[end + 1]
    if (next && !isWayIn(tokens, end + 1)) out.push(line)
  }
  return out
}

function tokenise(code: readonly string[]): Token[] {
  const out: Token[] = []
  let directive = false
  for (const [line, text] of code.entries()) {
    // A directive may turn what follows on or off: it stands as a token of its own, which is always a way in.
    if (directive || /^\s*#/.test(text)) {
      out.push({ text: '#', line })
      directive = text.endsWith('\\')
      continue
    }
    for (const token of tokensOf(text)) out.push({ text: token, line })
  }
  return out
}

// `else {…} return` is fine; `do {…} while` and initialisers do not stand before a statement that leaves.
function closesPlainly(tokens: readonly Token[], at: number): boolean {
  return tokens[at + 1]?.text !== 'while'
}

function endOfStatement(tokens: readonly Token[], at: number): number {
  let depth = 0
  for (let i = at; i < Math.min(tokens.length, at + 4000); i++) {
    const { text, line } = tokens[i]!
    if (text === '(' || text === '[' || text === '{') depth++
    else if (text === ')' || text === ']' || text === '}') {
      if (depth === 0) return i - 1
      depth--
    } else if (text === ';' && depth === 0) return i
    // JavaScript may leave the semicolon out: `return` alone on its line ends there.
    else if (depth === 0 && i === at && tokens[i + 1] !== undefined && tokens[i + 1]!.line > line && text !== 'throw') return i
  }
  return tokens.length - 1
}

function isWayIn(tokens: readonly Token[], at: number): boolean {
  const { text } = tokens[at]!
  if (text === '}' || text === '#' || text === 'case' || text === 'default' || text === 'function' || text === ')') return true
  return /^[A-Za-z_]/.test(text) && tokens[at + 1]?.text === ':' && tokens[at + 2]?.text !== ':'
}

function behindPythonLeave(file: TouchedFile): number[] {
  const out: number[] = []
  for (const n of file.added) {
    const line = file.code[n] ?? ''
    const leave = /^(\s*)(?:return|raise|continue|break)\b/.exec(line)
    if (!leave) continue
    let end = n
    let depth = openings(line)
    while (depth > 0 && end - n < 200 && end + 1 < file.code.length) depth += openings(file.code[++end]!)
    const next = file.code.slice(end + 1, end + 50).find((one) => one.trim() !== '')
    const indent = /^\s*/.exec(next ?? '')![0]
    if (next !== undefined && indent === leave[1] && indent !== '' && !/^\s*(?:else|elif|except|finally|case)\b/.test(next)) {
      out.push(n)
    }
  }
  return out
}

function openings(line: string): number {
  let depth = 0
  for (const c of line) depth += '([{'.includes(c) ? 1 : ')]}'.includes(c) ? -1 : 0
  return depth
}
