import type { RunRow, TaskRow } from '../../../core/evaluation/run-row.ts'
import { attemptRows } from '../../../formats/inspect/attempt-rows.ts'
import { inertText } from '../../../formats/inspect/import-finding.ts'
import { readInspectLog } from '../../../formats/inspect/read-log.ts'
import { TableReader } from '../../../formats/run-table/read-table.ts'
import type { Finding } from './run-set-body.ts'
import type { SealedSpool } from './sealed-spool.ts'

/** What a file of another tool held. */
export interface ReadUpload {
  readonly runs: readonly RunRow[]
  readonly tasks: readonly TaskRow[]
  readonly findings: readonly Finding[]
  readonly say: string
}

const PIECE = 256 << 10
const MOST_FINDINGS = 500

/** Reads an upload by what its name says it is; null, with findings, where it holds neither runs nor tasks. Memory is bounded. */
export async function readUpload(spool: SealedSpool, name: string, known: ReadonlySet<string>): Promise<ReadUpload> {
  const read = /\.csv$/i.test(name) ? await readTable(spool, name) : await readLog(spool, name, known)
  const findings = read.findings.slice(0, MOST_FINDINGS)
  return { ...read, findings: findings.map(({ code, where, say }) => ({ code, where, say })) }
}

async function readTable(spool: SealedSpool, name: string): Promise<ReadUpload> {
  const reader = new TableReader(inertText(name.replace(/\.csv$/i, '')))
  for (let at = 0; at < spool.size; at += PIECE) reader.push(await spool.read(at, PIECE))
  const { table, findings, kind } = reader.end()
  const runs = table.runs.map((row) => ({ ...row, family: familyOf(row, name.replace(/\.csv$/i, '')) }))
  const say = kind === 'tasks' ? `A table of ${table.tasks.length} tasks.` : `A table of ${runs.length} runs.`
  return { runs, tasks: table.tasks, findings, say }
}

async function readLog(spool: SealedSpool, name: string, known: ReadonlySet<string>): Promise<ReadUpload> {
  const read = await spool.drive(readInspectLog({ name, size: spool.size }))
  if (!read.ok) return { runs: [], tasks: [], findings: read.findings, say: 'It could not be read.' }
  const { log } = read
  const rows = attemptRows(log, { scorer: null, key: null }, (task) => known.has(task))
  const runs = rows.runs.map((row) => ({ ...row, family: familyOf(row, log.header.task) }))
  const notes: Finding[] = []
  if (rows.notANumber > 0)
    notes.push({
      code: 'score.not-a-number',
      where: '',
      say: `${rows.notANumber} scores are no number from 0 to 1; they count as missing.`,
    })
  if (rows.absent > 0)
    notes.push({
      code: 'samples.absent',
      where: '',
      say: `${rows.absent} attempts were planned and are not in the log; they count as missing.`,
    })
  if (rows.otherScorers.length > 0 && rows.scorer !== null)
    notes.push({ code: 'score.chosen', where: '', say: inertText(`The score by "${rows.scorer}" counts.`) })
  const how = log.isFinished ? 'a finished evaluation' : `not a finished evaluation (${log.header.status})`
  return {
    runs,
    tasks: rows.tasks,
    findings: [...log.findings, ...notes],
    say: `Inspect log of ${runs.length} attempts, ${how}.`,
  }
}

function familyOf({ family, task }: RunRow, otherwise: string): string {
  if (family !== '') return family
  const slash = task.indexOf('/')
  return slash > 0 ? task.slice(0, slash) : otherwise.slice(otherwise.lastIndexOf('/') + 1)
}
