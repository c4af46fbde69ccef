/** Columns of a line of prose in a letter. */
export const COLUMNS = 72

/** One paragraph as lines of at most `columns` characters; a longer word keeps a line of its own, whole. */
export function wrapLine(text: string, columns = COLUMNS): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (word === '') continue
    if (line === '') line = word
    else if (line.length + 1 + word.length <= columns) line += ` ${word}`
    else {
      lines.push(line)
      line = word
    }
  }
  if (line !== '') lines.push(line)
  return lines
}

/** Prose of many lines: each is wrapped by itself, empty ones stay, and a fenced or indented one is kept as it is. */
export function wrapProse(text: string, columns = COLUMNS): string[] {
  let fenced = false
  return text.split('\n').flatMap((line) => {
    const fence = line.startsWith('```') || line.startsWith('~~~')
    if (fence) fenced = !fenced
    if (fence || fenced || /^(?: {4}|\t)/.test(line)) return [line.trimEnd()]
    return line.trim() === '' ? [''] : wrapLine(line.replaceAll('\t', ' '), columns)
  })
}
