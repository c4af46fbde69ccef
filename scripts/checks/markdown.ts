/** A piece of Markdown that is code: a span between backticks or one line of a fenced block. */
export interface Code {
  readonly text: string
  readonly line: number
  /** The fence's language; null for a span. */
  readonly fence: string | null
}

/** Every code span and every line inside fences, with its line number (1-based). */
export function codeOf(markdown: string): Code[] {
  const found: Code[] = []
  let fence: string | null = null
  for (const [n, line] of markdown.split('\n').entries()) {
    const mark = /^\s*```\s*(\S*)/.exec(line)
    if (mark) fence = fence === null ? (mark[1] ?? '') : null
    else if (fence !== null) found.push({ text: line, line: n + 1, fence })
    else for (const m of line.matchAll(/`([^`]+)`/g)) found.push({ text: m[1]!, line: n + 1, fence: null })
  }
  return found
}

/** Whole fenced blocks of one language, with the line their code begins on. */
export function blocksOf(markdown: string, language: string): { readonly text: string; readonly line: number }[] {
  const blocks: { text: string; line: number }[] = []
  for (const { text, line, fence } of codeOf(markdown)) {
    if (fence !== language) continue
    const last = blocks.at(-1)
    if (last && last.line + last.text.split('\n').length === line) last.text += `\n${text}`
    else blocks.push({ text, line })
  }
  return blocks
}

/** `markdown` with code turned into spaces: what is left is prose, links and headings. */
export function proseOf(markdown: string): string {
  let inside = false
  const lines = markdown.split('\n').map((line) => {
    const mark = /^\s*```/.test(line)
    if (mark) inside = !inside
    return mark || inside ? '' : line.replaceAll(/`[^`]+`/g, (span) => ' '.repeat(span.length))
  })
  return lines.join('\n')
}

/** The anchors that headings make, as GitHub makes them. */
export function anchorsOf(markdown: string): Set<string> {
  const anchors = new Set<string>()
  let inside = false
  for (const line of markdown.split('\n')) {
    if (/^\s*```/.test(line)) inside = !inside
    const heading = inside ? null : /^#{1,6}\s+(.*?)\s*$/.exec(line)?.[1]
    if (heading)
      anchors.add(
        heading
          .toLowerCase()
          .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
          .replaceAll(/\s/g, '-'),
      )
  }
  return anchors
}

/** The rows of the tables under one heading, as cells; the head and the ruler are left away. */
export function rowsUnder(markdown: string, heading: RegExp): { readonly cells: readonly string[]; readonly line: number }[] {
  const rows: { cells: string[]; line: number }[] = []
  let under = false
  let level = 0
  for (const [n, line] of markdown.split('\n').entries()) {
    const mark = /^(#{1,6})\s+(.*?)\s*$/.exec(line)
    if (mark && heading.test(mark[2]!)) {
      under = true
      level = mark[1]!.length
    } else if (mark && mark[1]!.length <= level) under = false
    if (!under || !/^\s*\|/.test(line)) continue
    if (/^\s*\|[\s:|-]+\|\s*$/.test(line)) rows.pop()
    else
      rows.push({
        cells: line
          .trim()
          .slice(1, -1)
          .split('|')
          .map((cell) => cell.trim()),
        line: n + 1,
      })
  }
  return rows
}
