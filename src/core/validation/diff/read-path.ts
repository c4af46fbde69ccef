const ESCAPES: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

/** A path as it stands behind `--- ` or `rename from `: plain up to a tab, or in quotes with git's escapes. Null: not readable. */
export function readPath(text: string): string | null {
  if (!text.startsWith('"')) {
    const tab = text.indexOf('\t')
    const path = tab < 0 ? text.trimEnd() : text.slice(0, tab)
    return path === '' ? null : path
  }
  return readQuoted(text)?.path ?? null
}

/** A path in quotes at the head of `text`, and what follows it. */
export function readQuoted(text: string): { readonly path: string; readonly rest: string } | null {
  let path = ''
  for (let i = 1; i < text.length && i < 8192; i++) {
    const c = text[i]!
    if (c === '"') return { path, rest: text.slice(i + 1) }
    if (c !== '\\') {
      path += c
      continue
    }
    const octal = /^[0-3][0-7]{2}/.exec(text.slice(i + 1, i + 4))
    if (octal) {
      path += String.fromCharCode(Number.parseInt(octal[0], 8))
      i += 3
    } else {
      const next = text[++i] ?? ''
      path += ESCAPES[next] ?? next
    }
  }
  return null
}

/**
 * Both paths of a `diff --git` line. Unquoted names with spaces are told apart by being equal behind their first folder, which
 * holds wherever git writes nothing else to say them.
 */
export function readGitPaths(text: string): readonly [string, string] | null {
  if (text.startsWith('"')) {
    const first = readQuoted(text)
    const second = first && readPath(first.rest.trimStart())
    return first && second !== null ? [first.path, second] : null
  }
  const middle = (text.length - 1) / 2
  if (Number.isInteger(middle) && text[middle] === ' ') {
    const [a, b] = [text.slice(0, middle), text.slice(middle + 1)]
    if (a.slice(a.indexOf('/')) === b.slice(b.indexOf('/'))) return [a, b]
  }
  const parts = text.split(' ')
  return parts.length === 2 ? [parts[0]!, parts[1]!] : null
}
