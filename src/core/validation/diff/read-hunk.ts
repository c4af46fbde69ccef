import type { DiffRefusal, Hunk, HunkLine } from './file-change.ts'
import type { LineReader } from './line-reader.ts'
import { peek } from './line-reader.ts'

const HEAD = /^@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@ ?/

/** Reads the hunk whose `@@` line is next. `bare`: carriage returns at line ends came with the mail and are taken off. */
export function readHunk(reader: LineReader, bare: boolean): Hunk | DiffRefusal {
  const start = reader.at
  const header = peek(reader)
  const head = HEAD.exec(header)
  if (!head) return broken(start, 'the line that opens a hunk is not readable')
  let [old, fresh] = [Number(head[2] ?? 1), Number(head[4] ?? 1)]
  const lines: HunkLine[] = []
  reader.at++
  while (old > 0 || fresh > 0 || reader.lines[reader.at]?.startsWith('\\')) {
    const raw = reader.lines[reader.at]
    if (raw === undefined) return broken(start, `the hunk ends ${old + fresh} lines early`)
    const line = bare && raw.endsWith('\r') ? raw.slice(0, -1) : raw
    reader.at++
    const mark = line === '' ? ' ' : line[0]
    if (mark === '\\') {
      const last = lines.pop()
      if (!last) return broken(reader.at - 1, 'the hunk opens with a remark')
      lines.push({ ...last, ended: false })
      continue
    }
    if (mark !== ' ' && mark !== '+' && mark !== '-') return broken(reader.at - 1, 'a line of a hunk has no mark')
    if (mark !== '+') old--
    if (mark !== '-') fresh--
    if (old < 0 || fresh < 0) return broken(reader.at - 1, 'the hunk holds more lines than its opening line says')
    lines.push({ mark, text: line.slice(1), ended: true })
  }
  const behind = reader.lines[reader.at] ?? ''
  if (/^(?:\+(?!\+\+ )|-(?!-- |- ?\r?$))/.test(behind))
    return broken(reader.at, 'a hunk holds more lines than its opening line says')
  return { oldStart: Number(head[1]), newStart: Number(head[3]), section: header.slice(head[0].length), lines }
}

function broken(line: number, say: string): DiffRefusal {
  return {
    ok: false,
    where: `line ${line + 1}`,
    say: `The patch cannot be read: ${say}.`,
    mend: 'Send the output of `git diff` or `diff -u` unchanged, as a file.',
  }
}
