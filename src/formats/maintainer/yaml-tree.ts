import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'

/**
 * One node of a YAML file, read without resolving aliases: an alias is nothing, so that no file can grow by reading it. Every
 * scalar is text, as it was written.
 */
export interface YamlNode {
  /** From 1. */
  readonly line: number
  /** The value of a scalar, trimmed; null for maps and lists. */
  readonly text: string | null
  /** The value under a key of a map; the first, where the key stands twice. */
  get(...path: readonly string[]): YamlNode | null
  /** The entries of a list, at most 200. */
  readonly items: readonly YamlNode[]
}

const MOST_CHARACTERS = 128 * 1024
const MOST_DEPTH = 24
const MOST_ITEMS = 200

/** The root of a YAML file, or in one sentence why it is not read: too long, too deep, or not YAML. Never throws. */
export function readYaml(text: string): YamlNode | string {
  if (text.length > MOST_CHARACTERS) return 'The file is too long to be read.'
  if (isTooDeep(text)) return 'The file is nested too deeply to be read.'
  const lines = new LineCounter()
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      // Comparing each key with all others would be quadratic.
      uniqueKeys: false,
      schema: 'failsafe',
      merge: false,
      logLevel: 'silent',
      prettyErrors: false,
    })
    if (document.errors.length > 0) return 'The file is not YAML.'
    return document.contents === null ? 'The file is empty.' : wrap(document.contents, lines, 0)
  } catch {
    // The parser recurses; what makes it fail must not make the reader fail.
    return 'The file is not YAML.'
  }
}

function wrap(node: Node, lines: LineCounter, depth: number): YamlNode {
  const line = node.range ? lines.linePos(node.range[0]).line : 1
  const below = (value: unknown) =>
    isMap(value) || isSeq(value) || isScalar(value) ? wrap(value as Node, lines, depth + 1) : null
  const own: YamlNode = {
    line,
    text: isScalar(node) && typeof node.value === 'string' ? node.value.trim() : null,
    get(...path) {
      const [key, ...rest] = path
      if (key === undefined) return own
      if (!isMap(node) || depth > MOST_DEPTH) return null
      const found = below(node.items.find((pair) => isScalar(pair.key) && pair.key.value === key)?.value)
      return found === null ? null : found.get(...rest)
    },
    get items() {
      if (!isSeq(node)) return []
      return node.items.slice(0, MOST_ITEMS).flatMap((item) => below(item) ?? [])
    },
  }
  return own
}

/** Brackets and indentation open what the parser recurses into; counted from above, without regard to quotes. */
function isTooDeep(text: string): boolean {
  let open = 0
  let indicators = 0
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (c === '[' || c === '{') open++
    else if (c === ']' || c === '}') open = Math.max(0, open - 1)
    // `- - - -` and `? ? ? ?` nest on one line.
    else if (c === '\n') indicators = 0
    else if ((c === '-' || c === '?' || c === ':') && (text[i + 1] === ' ' || text[i + 1] === '\t')) indicators++
    if (open > MOST_DEPTH || indicators > 4 * MOST_DEPTH) return true
  }
  return text.split('\n').some((line) => line.length > 8 * MOST_DEPTH && /^\s{192}\s*(?:[-?] |[\w"'-]{1,80}:)/.test(line))
}
