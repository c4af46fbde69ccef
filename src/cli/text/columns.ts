export interface Column {
  /** Numbers stand right, text left. */
  readonly right?: boolean
  /** Widest it may be; longer text keeps both ends. */
  readonly most?: number
}

/** Rows as plain columns, two spaces apart, no trailing space. The head, where there is one, is the first row. */
export function columns(rows: readonly (readonly string[])[], shape: readonly Column[]): string[] {
  const cut = rows.map((row) => row.map((cell, i) => middle(cell, shape[i]?.most ?? 60)))
  const widths = shape.map((_, i) => cut.reduce((most, row) => Math.max(most, size(row[i] ?? '')), 0))
  return cut.map((row) =>
    row
      .map((cell, i) => {
        const gap = ' '.repeat(Math.max(0, (widths[i] ?? 0) - size(cell)))
        return shape[i]?.right ? gap + cell : cell + gap
      })
      .join('  ')
      .trimEnd(),
  )
}

/** Text cut in its middle to `most` characters: the ends say most about a package and its version. */
export function middle(text: string, most: number): string {
  const all = [...text]
  if (all.length <= most) return text
  const tail = Math.floor((most - 3) / 2)
  return `${all.slice(0, most - 3 - tail).join('')}...${all.slice(all.length - tail).join('')}`
}

const size = (text: string) => [...text].length

/** Words broken into lines of at most `width` characters; a longer word stays whole. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && size(line) + 1 + size(word) > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}
