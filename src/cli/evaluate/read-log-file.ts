import { attemptRows, type ScoreChoice } from '../../formats/inspect/attempt-rows.ts'
import { inertText } from '../../formats/inspect/import-finding.ts'
import { readInspectLog } from '../../formats/inspect/read-log.ts'
import type { FilePart } from './files-family.ts'
import type { ImportNote, ReadSource } from './files-read.ts'
import { openFileSource } from './read-source.ts'

export interface ReadLogFile {
  readonly part: FilePart
  readonly source: ReadSource
}

/** Reads one Inspect log into rows; null, with a note, where it is none. Throws as the file system does. */
export function readLogFile(
  path: string,
  choice: ScoreChoice,
  isTask: (task: string) => boolean,
  note: (note: ImportNote) => void,
  onRead: (bytes: number) => void,
): ReadLogFile | null {
  const file = openFileSource(path, path)
  try {
    const read = file.drive(readInspectLog(file.source), onRead)
    for (const finding of read.ok ? read.log.findings : read.findings) note({ file: path, ...finding })
    if (!read.ok) return null
    const { log } = read
    const rows = attemptRows(log, choice, isTask)
    const tell = (code: string, say: string) => note({ file: path, code, where: '', say: inertText(say) })
    if (rows.scorer === null && log.samples.length > 0) {
      const wanted = choice.scorer === null ? 'no score' : `no score by "${choice.scorer}"`
      tell('score.none', `Its samples have ${wanted}; they count as missing.`)
    } else if (rows.otherScorers.length > 0 && choice.scorer === null) {
      tell(
        'score.chosen',
        `The score by "${rows.scorer}" counts; there are also: ${rows.otherScorers.slice(0, 10).join(', ')}.`,
      )
    }
    if (rows.notANumber > 0) {
      tell('score.not-a-number', `Samples whose score is no number from 0 to 1, which count as missing: ${rows.notANumber}.`)
    }
    if (rows.absent > 0) {
      tell('samples.absent', `Attempts that were planned and are not in the log, which count as missing: ${rows.absent}.`)
    }
    const { header } = log
    return {
      part: { table: { runs: rows.runs, tasks: rows.tasks }, otherwise: header.task.slice(header.task.lastIndexOf('/') + 1) },
      source: {
        file: path,
        kind: log.form === 'eval' ? 'inspect-eval' : 'inspect-json',
        isFinished: log.isFinished,
        runs: rows.runs.length,
        tasks: rows.tasks.length,
        log: {
          model: inertText(header.model),
          task: inertText(header.task),
          status: header.status,
          created: header.created === null ? null : inertText(header.created),
          scorer: rows.scorer === null ? null : inertText(rows.scorer),
        },
        keys: log.keys.reduce((sum, { count }) => sum + count, 0),
      },
    }
  } finally {
    file.close()
  }
}
