import { readdirSync, statSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import type { ImportNote } from './files-read.ts'

export interface NamedFile {
  readonly path: string
  readonly kind: 'log' | 'csv'
}

const MOST_FILES = 10_000
const DEEPEST = 8

/**
 * The files that the names stand for, in the order given; of a folder all logs in it and below (`.eval`, `.json`), by name. Links in a
 * folder are not followed. What is no file of a kind that is read gets a note.
 */
export function filesNamed(names: readonly string[], note: (note: ImportNote) => void): readonly NamedFile[] {
  const files: NamedFile[] = []
  for (const name of names) {
    const stat = statSync(name, { throwIfNoEntry: false })
    const kind = kindOf(name)
    if (stat === undefined) note({ file: name, code: 'file.missing', where: '', say: 'There is no such file or folder.' })
    else if (stat.isDirectory()) {
      const found = logsIn(name, 0)
      if (found.length === 0)
        note({ file: name, code: 'folder.empty', where: '', say: 'The folder holds no .eval and no .json file.' })
      files.push(...found.map((path): NamedFile => ({ path, kind: 'log' })))
    } else if (kind === null || !stat.isFile()) {
      note({
        file: name,
        code: 'file.unknown-kind',
        where: '',
        say: 'Read are .eval, .json and .csv files, and folders of logs.',
      })
    } else files.push({ path: name, kind })
  }
  if (files.length > MOST_FILES) {
    note({
      file: '',
      code: 'file.too-many',
      where: '',
      say: `${files.length} files are named; the first ${MOST_FILES} are read.`,
    })
  }
  return files.slice(0, MOST_FILES)
}

/** A file's name without folder and ending: what a table goes by that names no model or family. */
export function stemOf(path: string): string {
  return basename(path, extname(path))
}

function kindOf(path: string): NamedFile['kind'] | null {
  const ending = extname(path).toLowerCase()
  if (ending === '.eval' || ending === '.json') return 'log'
  return ending === '.csv' ? 'csv' : null
}

function logsIn(folder: string, depth: number): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return depth < DEEPEST ? logsIn(path, depth + 1) : []
    return entry.isFile() && kindOf(path) === 'log' ? [path] : []
  })
}
