/** How a language writes comments and strings, as far as telling code from them needs. */
export type Family = 'braces' | 'python' | 'hash'

const BRACES = /\.(?:c|h|cc|cpp|cxx|hh|hpp|hxx|m|mm|java|kt|js|mjs|cjs|jsx|ts|tsx|go|rs|cs|php|swift|scala)$/i
const HASH = /(?:\.(?:sh|bash|pl|pm|rb|mk|cmake|yml|yaml|toml)|(?:^|\/)(?:GNU)?[Mm]akefile(?:\.[a-z]+)?|\.txt)$/

/** The family of a file by its name; null where it holds no code that is known here. */
export function familyOf(path: string): Family | null {
  if (BRACES.test(path)) return 'braces'
  if (/\.pyx?$/i.test(path)) return 'python'
  return HASH.test(path) ? 'hash' : null
}

type Inside = 'code' | 'line-comment' | 'block-comment' | `string:${string}`

/** The lines with comments and the insides of strings blanked out, as many as before. Linear. */
export function codeLines(text: string, family: Family): string[] {
  const out: string[] = []
  let line = ''
  let inside: Inside = 'code'
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (c === '\n') {
      // A plain string ends with its line at the latest, so that an odd quote cannot swallow the file.
      if (inside === 'line-comment' || inside === 'string:"' || inside === "string:'") inside = 'code'
      out.push(line)
      line = ''
      continue
    }
    const [next, eaten, kept] = advance(text, i, inside, family)
    inside = next
    line += kept
    i += eaten - 1
  }
  out.push(line)
  return out
}

function advance(text: string, at: number, inside: Inside, family: Family): readonly [Inside, number, string] {
  const c = text[at]!
  if (inside === 'line-comment') return [inside, 1, '']
  if (inside === 'block-comment') return text.startsWith('*/', at) ? ['code', 2, ' '] : [inside, 1, '']
  if (inside === 'code') {
    if (family === 'braces' && text.startsWith('//', at)) return ['line-comment', 2, '']
    if (family === 'braces' && text.startsWith('/*', at)) return ['block-comment', 2, '']
    if (family !== 'braces' && c === '#') return ['line-comment', 1, '']
    for (const quote of family === 'python' ? ['"""', "'''"] : []) {
      if (text.startsWith(quote, at)) return [`string:${quote}`, 3, '"']
    }
    if (c === '"' || c === "'" || (c === '`' && family === 'braces')) return [`string:${c}`, 1, c]
    return ['code', 1, c]
  }
  const quote = inside.slice('string:'.length)
  if (c === '\\' && text[at + 1] !== '\n') return [inside, 2, '']
  return text.startsWith(quote, at) ? ['code', quote.length, quote[0]!] : [inside, 1, '']
}

/** Words, numbers and signs of a line of code. */
export function tokensOf(line: string): string[] {
  return line.match(/[A-Za-z_$][A-Za-z0-9_$]*|[0-9][A-Za-z0-9_.]*|[^\sA-Za-z0-9_$]/g) ?? []
}
