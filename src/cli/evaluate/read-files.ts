import type { TaskRow } from '../../core/evaluation/run-row.ts'
import type { ScoreChoice } from '../../formats/inspect/attempt-rows.ts'
import { type FilePart, joinParts } from './files-family.ts'
import { filesNamed, type NamedFile, stemOf } from './files-folder.ts'
import type { ImportNote, ReadFiles, ReadSource } from './files-read.ts'
import { readLogFile } from './read-log-file.ts'
import { readTableFile } from './read-table-file.ts'

export interface ReadOptions {
  /** A CSV of tasks whose times and families count before all others; null without one. */
  readonly tasks: string | null
  readonly choice: ScoreChoice
  /** Called while a file is read: which, and how many bytes more of it. */
  readonly onRead?: (file: string, bytes: number) => void
}

/**
 * Reads Inspect logs, run tables and task tables, mixed, into one table. What cannot be read is a note and the rest stands. Logs are
 * put in the order of their creation, so that of a sample run again in a later log the later attempt counts; tables keep the
 * order named. Who is measured: a log's `eval.model` as it stands, a table's model column, else the table's file name.
 */
export function readFiles(names: readonly string[], options: ReadOptions): ReadFiles {
  const findings: ImportNote[] = []
  const sources: ReadSource[] = []
  const note = (one: ImportNote) => findings.push(one)
  const given = options.tasks === null ? [] : givenTasks(options.tasks, options, note, sources)
  const known = new Set(given.map((row) => row.task))
  const parts: { part: FilePart; created: number }[] = []
  const files = filesNamed(names, note)
  // Tables first: their tasks tell how samples of logs are named.
  for (const file of [...files.filter(isTable), ...files.filter((one) => !isTable(one))]) {
    const onRead = (bytes: number) => options.onRead?.(file.path, bytes)
    try {
      if (isTable(file)) {
        const read = readTableFile(file.path, note, onRead)
        if (read === null) continue
        for (const { task } of read.table.tasks) known.add(task)
        parts.push({ part: { table: read.table, otherwise: stemOf(file.path) }, created: Number.NEGATIVE_INFINITY })
        sources.push(tableSource(file.path, read))
      } else {
        const read = readLogFile(file.path, options.choice, (task) => known.has(task), note, onRead)
        if (read === null) continue
        const created = Date.parse(read.source.log?.created ?? '')
        parts.push({ part: read.part, created: Number.isNaN(created) ? 0 : created })
        sources.push(read.source)
      }
    } catch (error) {
      note(unreadable(file.path, error))
    }
  }
  const ordered = parts.sort((a, b) => (a.created === b.created ? 0 : a.created - b.created)).map(({ part }) => part)
  return { table: joinParts(ordered, given), findings, sources }
}

function givenTasks(
  path: string,
  options: ReadOptions,
  note: (one: ImportNote) => void,
  sources: ReadSource[],
): readonly TaskRow[] {
  try {
    const read = readTableFile(path, note, (bytes) => options.onRead?.(path, bytes))
    if (read === null) return []
    if (read.table.tasks.length === 0) {
      note({ file: path, code: 'tasks.none', where: '', say: 'It states no human time of any task.' })
    }
    sources.push(tableSource(path, { ...read, kind: 'tasks', table: { runs: [], tasks: read.table.tasks } }))
    return read.table.tasks
  } catch (error) {
    note(unreadable(path, error))
    return []
  }
}

function isTable(file: NamedFile): boolean {
  return file.kind === 'csv'
}

function tableSource(file: string, read: NonNullable<ReturnType<typeof readTableFile>>): ReadSource {
  const { kind, table } = read
  return { file, kind, isFinished: true, runs: table.runs.length, tasks: table.tasks.length, log: null, keys: read.keys }
}

function unreadable(file: string, error: unknown): ImportNote {
  return { file, code: 'file.unreadable', where: '', say: error instanceof Error ? error.message : 'It cannot be read.' }
}
