import { codeLines, type Family, tokensOf } from './source-lines.ts'

const NO_FUNCTION = new Set([
  'if',
  'for',
  'while',
  'switch',
  'catch',
  'return',
  'sizeof',
  'else',
  'do',
  'try',
  'defined',
  'synchronized',
])
const FUNCTIONS_MOST = 5000

/** Functions of a source text with the number of tokens in their bodies; of two with one name the larger. By tokens, not parsed. */
export function functionSizes(text: string, family: Family): ReadonlyMap<string, number> {
  const lines = codeLines(text, family)
  return family === 'python' ? pythonFunctions(lines) : family === 'braces' ? braceFunctions(lines) : new Map()
}

function braceFunctions(lines: readonly string[]): Map<string, number> {
  const tokens = lines.flatMap((line) => (/^\s*#/.test(line) ? [] : tokensOf(line)))
  const sizes = new Map<string, number>()
  const open: { name: string | null; at: number }[] = []
  let candidate: string | null = null
  const calls: (string | null)[] = []
  for (const [i, token] of tokens.entries()) {
    if (token === '(') calls.push(isName(tokens[i - 1]) ? tokens[i - 1]! : null)
    else if (token === ')') {
      const name = calls.pop() ?? null
      if (calls.length === 0) candidate = name
    } else if (token === '{') {
      open.push({ name: calls.length === 0 ? candidate : null, at: i })
      candidate = null
    } else if (token === '}') {
      const block = open.pop()
      if (block?.name && sizes.size < FUNCTIONS_MOST)
        sizes.set(block.name, Math.max(sizes.get(block.name) ?? 0, i - block.at - 1))
    } else if (token === ';' || token === '=') candidate = null
  }
  return sizes
}

function isName(token: string | undefined): boolean {
  return token !== undefined && /^[A-Za-z_$]/.test(token) && !NO_FUNCTION.has(token)
}

function pythonFunctions(lines: readonly string[]): Map<string, number> {
  const sizes = new Map<string, number>()
  const open: { name: string; indent: number; size: number }[] = []
  const close = (indent: number) => {
    while (open.length > 0 && open.at(-1)!.indent >= indent) {
      const { name, size } = open.pop()!
      if (sizes.size < FUNCTIONS_MOST) sizes.set(name, Math.max(sizes.get(name) ?? 0, size))
    }
  }
  for (const line of lines) {
    const tokens = tokensOf(line)
    if (tokens.length === 0) continue
    const indent = line.length - line.trimStart().length
    close(indent)
    for (const one of open) one.size += tokens.length
    const def = /^\s*(?:async\s+)?def\s+([A-Za-z_]\w{0,200})/.exec(line)
    if (def && open.length < 50) open.push({ name: def[1]!, indent, size: 0 })
  }
  close(0)
  return sizes
}
