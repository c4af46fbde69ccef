import type { DiffRead, DiffRefusal, FileChange, Hunk } from './file-change.ts'
import { type LineReader, peek, readLines } from './line-reader.ts'
import { readHunk } from './read-hunk.ts'
import { readGitPaths, readPath } from './read-path.ts'

// Hostile input, with these limits. Each line is looked at a bounded number of times.
const BYTES_MOST = 4 << 20
const FILES_MOST = 500
const HUNKS_MOST = 20_000
const MEND = 'Send the output of `git diff` or `diff -u` as text.'

type Draft = { -readonly [K in keyof FileChange]: FileChange[K] } & {
  hunks: Hunk[]
  bare: boolean
  git: boolean
  opened: boolean
}

/** Reads a unified diff or a git patch, also inside a mail; refuses what is binary, a context diff, too large or cut off. */
export function parseDiff(bytes: Uint8Array): DiffRead {
  if (bytes.length > BYTES_MOST) return refused('the patch', `It is ${bytes.length} bytes; at most ${BYTES_MOST} are taken.`)
  if (bytes.includes(0)) return refused('the patch', 'It holds bytes that are not text.')
  const reader = readLines(bytes)
  const files: Draft[] = []
  let hunks = 0
  while (reader.at < reader.lines.length) {
    const file = files.at(-1)
    if (startsFile(reader)) {
      if (files.length >= FILES_MOST) return refused(place(reader), `It changes more than ${FILES_MOST} files.`)
      const next = openFile(reader, file)
      if (next === null) return refused(place(reader), 'The paths of a file are not readable.')
      if (next !== file) files.push(next)
    } else if (peek(reader).startsWith('@@ -') && file?.opened) {
      if (++hunks > HUNKS_MOST) return refused(place(reader), `It holds more than ${HUNKS_MOST} hunks.`)
      const hunk = readHunk(reader, file.bare)
      if ('ok' in hunk) return hunk
      file.hunks.push(hunk)
    } else {
      const refusal = unwelcome(reader)
      if (refusal) return refusal
      if (file?.git && file.hunks.length === 0) extend(file, peek(reader))
      reader.at++
    }
  }
  const changes = files.filter(
    (file) => file.hunks.length > 0 || file.moved || file.newMode || file.to === null || file.from === null,
  )
  if (changes.length === 0) return refused('the patch', 'It changes nothing: no file and no hunk was found.')
  return { ok: true, files: changes.map(({ bare: _, git: __, opened: ___, ...change }) => change) }
}

function startsFile(reader: LineReader): boolean {
  const line = peek(reader)
  if (line.startsWith('diff --git ')) return true
  return line.startsWith('--- ') && peek(reader, 1).startsWith('+++ ') && peek(reader, 2).startsWith('@@ -')
}

// A `diff --git` line opens a file; the `---` and `+++` lines behind it belong to the same one.
function openFile(reader: LineReader, last: Draft | undefined): Draft | null {
  const line = peek(reader)
  const empty = { oldMode: null, newMode: null, moved: null, hunks: [], bare: false, opened: false }
  if (line.startsWith('diff --git ')) {
    reader.at++
    const paths = readGitPaths(line.slice('diff --git '.length))
    return { ...empty, from: paths?.[0] ?? '', to: paths?.[1] ?? '', git: true }
  }
  const [before, after] = [line.slice(4), peek(reader, 1).slice(4)]
  const [from, to] = [readPath(before), readPath(after)]
  if (from === null || to === null || (from === '/dev/null' && to === '/dev/null')) return null
  const file = last?.git && !last.opened ? last : { ...empty, from: '', to: '', git: false }
  file.opened = true
  file.bare = reader.lines[reader.at]!.endsWith('\r')
  const opening = peek(reader, 2)
  file.from = from === '/dev/null' || (isEpoch(before) && opening.startsWith('@@ -0,0 ')) ? null : from
  file.to = to === '/dev/null' || (isEpoch(after) && / \+0,0 @@/.test(opening.slice(0, 60))) ? null : to
  reader.at += 2
  return file
}

// `diff -N` says that a file is absent by its date.
function isEpoch(header: string): boolean {
  const date = header.slice(header.indexOf('\t') + 1)
  return header.includes('\t') && /^(?:1970-01-01|1969-12-31) /.test(date)
}

function extend(file: Draft, line: string): void {
  const mode = /^(old mode|new mode|new file mode|deleted file mode) (\d{1,8})$/.exec(line)
  if (mode) {
    if (mode[1] === 'old mode' || mode[1] === 'deleted file mode') file.oldMode = mode[2]!
    else file.newMode = mode[2]!
    if (mode[1] === 'new file mode') file.from = null
    if (mode[1] === 'deleted file mode') file.to = null
    return
  }
  const moved = /^(rename|copy) (from|to) /.exec(line)
  const path = moved && readPath(line.slice(moved[0].length))
  if (!moved || path === null) return
  file.moved = moved[1] === 'rename' ? 'renamed' : 'copied'
  // These lines have no `a/` and `b/`; with them all paths of the change look alike.
  if (moved[2] === 'from') file.from = `a/${path}`
  else file.to = `b/${path}`
}

function unwelcome(reader: LineReader): DiffRefusal | null {
  const line = peek(reader)
  if (line === 'GIT binary patch' || /^Binary files .{1,2000} differ$/.test(line))
    return refused(place(reader), 'It changes a binary file; only text can be looked at.')
  if (line === '***************' || line.startsWith('*** 1,')) return refused(place(reader), 'It is a context diff.')
  if (line.startsWith('@@@ ')) return refused(place(reader), 'It is the combined diff of a merge.')
  if (line.startsWith('@@ -')) return refused(place(reader), 'A hunk stands before any file.')
  return null
}

function place(reader: LineReader): string {
  return `line ${reader.at + 1}`
}

function refused(where: string, say: string): DiffRefusal {
  return { ok: false, where, say, mend: MEND }
}
