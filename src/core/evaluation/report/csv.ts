/** A table as RFC 4180, lines ended by LF; null is an empty cell. */
export function writeCsv(head: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  return [head, ...rows].map((cells) => `${cells.map(cellOf).join(',')}\n`).join('')
}

function cellOf(value: string | number | null): string {
  const text = value === null ? '' : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Reads what `writeCsv` wrote; null for anything ragged or with a quote out of place. Linear in the text. Hostile input. */
export function parseCsv(
  text: string,
): { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] } | null {
  const rows: string[][] = []
  let at = 0
  while (at < text.length) {
    const row: string[] = []
    for (let more = true; more; ) {
      const cell = text[at] === '"' ? quoted(text, at) : plain(text, at)
      if (cell === null) return null
      row.push(cell.value)
      more = text[cell.end] === ','
      if (!more && text[cell.end] !== '\n') return null
      at = cell.end + 1
    }
    rows.push(row)
  }
  const [head, ...rest] = rows
  return head && rest.every((row) => row.length === head.length) ? { head, rows: rest } : null
}

function plain(text: string, from: number): { value: string; end: number } {
  let end = from
  while (end < text.length && text[end] !== ',' && text[end] !== '\n') end++
  return { value: text.slice(from, end), end }
}

function quoted(text: string, from: number): { value: string; end: number } | null {
  const parts: string[] = []
  let at = from + 1
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote < 0) return null
    parts.push(text.slice(at, quote))
    if (text[quote + 1] !== '"') return { value: parts.join('"'), end: quote + 1 }
    at = quote + 2
  }
}
