import { dirname, posix } from 'node:path'

/** One import of a source file: what it names, whether only types cross, on which line. */
export interface Import {
  readonly from: string
  readonly typeOnly: boolean
  readonly dynamic: boolean
  readonly line: number
}

const STATIC = /(?:^|[;\n}])[ \t]*(import|export)\s+(type\s+)?((?:[\w$*\s,{}]|\bas\b)*?from\s*)?(['"])([^'"\n]+)\4/g
const DYNAMIC = /\bimport\(\s*(['"])([^'"\n]+)\1/g

/** The imports and re-exports of TypeScript text, read without a parser: enough for code that a formatter has been over. */
export function readImports(text: string): Import[] {
  const code = dropComments(text)
  const found: Import[] = []
  const lineOf = (index: number) => code.slice(0, index).split('\n').length
  for (const m of code.matchAll(STATIC)) {
    const names = /\{([^}]*)\}\s*from/.exec(m[3] ?? '')?.[1]
    const inline =
      names !== undefined &&
      /^\s*\{/.test(m[3] ?? '') &&
      names.split(',').every((name) => name.trim() === '' || /^type\s/.test(name.trim()))
    found.push({
      from: m[5]!,
      typeOnly: m[2] !== undefined || inline,
      dynamic: false,
      line: lineOf(m.index + m[0].lastIndexOf(m[4]!)),
    })
  }
  for (const m of code.matchAll(DYNAMIC)) found.push({ from: m[2]!, typeOnly: false, dynamic: true, line: lineOf(m.index) })
  return found
}

/** The file that a relative import of `file` names, as a path of the tree; null for packages. */
export function resolveImport(file: string, from: string): string | null {
  return from.startsWith('.') ? posix.normalize(`${dirname(file)}/${from}`) : null
}

// A regular expression stands where a value may begin; anywhere else a slash divides.
const REGEX = String.raw`(?<=[=(,:[!&|?{;]\s*|=>\s*|return\s)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+\/`
const QUOTED = String.raw`'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"`
const TEMPLATE = '`(?:\\\\.|[^`\\\\])*`'
const COMMENT = String.raw`\/\/[^\n]*|\/\*[\s\S]*?\*\/`
const PIECES = new RegExp(`(${REGEX})|(${QUOTED})|(${TEMPLATE})|(${COMMENT})`, 'g')

/** `text` with comments turned into spaces, so that lines and columns stay; strings stay. */
export function dropComments(text: string): string {
  return text.replaceAll(PIECES, (piece, _regex, _quoted, _template, comment) => (comment === undefined ? piece : blank(piece)))
}

/** `text` without comments and with the insides of quoted strings and regular expressions blanked: what is left is code. */
export function onlyCode(text: string): string {
  return text.replaceAll(PIECES, (piece, regex, quoted, _template, comment) => {
    if (comment !== undefined) return blank(piece)
    return (regex ?? quoted) === undefined ? piece : `'${blank(piece.slice(2))}'`
  })
}

const blank = (piece: string) => piece.replaceAll(/[^\n]/g, ' ')
