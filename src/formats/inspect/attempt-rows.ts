import type { Reason, RunRow, TaskRow } from '../../core/evaluation/run-row.ts'
import type { InspectLog } from './inspect-log.ts'
import type { SampleRow } from './log/sample-row.ts'
import { scoreNumber } from './log/score-value.ts'
import { scorersOf } from './metrics/recompute.ts'

/** Which score counts, where a log has several. */
export interface ScoreChoice {
  /** Null: the first that the header names, else the first that a sample has. */
  readonly scorer: string | null
  /** The entry of a score with several values. */
  readonly key: string | null
}

export interface AttemptRows {
  readonly runs: readonly RunRow[]
  /** Tasks whose samples state a human time in their metadata. */
  readonly tasks: readonly TaskRow[]
  /** What was chosen; null where no sample has a score. */
  readonly scorer: string | null
  /** Further scorers, which do not count. */
  readonly otherScorers: readonly string[]
  /** Samples with a score that is no number from 0 to 1; they count as missing. */
  readonly notANumber: number
  /** Samples that were to be run and are not in the log; they count as missing. */
  readonly absent: number
}

const MOST_ABSENT = 100_000

/**
 * The samples of a log as attempts. The task is the sample's id where that has a `/` in it or `isTask` knows it, else
 * `TASK/ID` with the last part of the Inspect task's name; the family is left empty for the caller to find. An attempt is named by
 * the Inspect task id, which a retried log shares with the one it retries, and by the epoch. Of an unfinished log the samples that
 * were planned and are missing come as missing attempts, so that bounds show them.
 */
export function attemptRows(log: InspectLog, choice: ScoreChoice, isTask: (task: string) => boolean): AttemptRows {
  const scorers = scorersOf(log.samples)
  const stated = log.header.scores.map((score) => score.scorer).find((name) => scorers.includes(name))
  const scorer = choice.scorer ?? stated ?? scorers[0] ?? null
  const has = scorer !== null && scorers.includes(scorer)
  const name = (id: string | number) => taskOf(String(id), log.header.task, isTask)
  const attempt = (epoch: number) => `${log.header.taskId ?? log.header.runId ?? log.header.created ?? ''}#${epoch}`
  const tasks = new Map<string, TaskRow>()
  const model = modelOf(log)
  let notANumber = 0
  const runs = log.samples.map((row): RunRow => {
    const worth = has
      ? worthOf(row, scorer, choice.key)
      : { score: null, reason: faultOf(row) ?? ('unscored' as const), odd: false }
    if (worth.odd) notANumber++
    const task = name(row.id)
    const minutes = row.metadata['human_minutes']
    if (typeof minutes === 'number' && minutes > 0) tasks.set(task, taskRow(task, row, minutes))
    return {
      model,
      task,
      family: '',
      attempt: attempt(row.epoch),
      score: worth.score,
      reason: worth.reason,
      tokens: row.tokens,
      cheating: 'no',
      weight: null,
    }
  })
  const absent = log.isFinished ? [] : absentOf(log, name, attempt)
  return {
    runs: [...runs, ...absent],
    tasks: [...tasks.values()],
    scorer: has ? scorer : null,
    otherScorers: scorers.filter((one) => one !== scorer),
    notANumber,
    absent: absent.length,
  }
}

/** A log cut short may name no model; all such attempts go by one name. */
function modelOf(log: InspectLog): string {
  return log.header.model || 'unnamed model'
}

interface Worth {
  readonly score: number | null
  readonly reason: Reason
  readonly odd: boolean
}

function worthOf(row: SampleRow, scorer: string, key: string | null): Worth {
  const fault = faultOf(row)
  if (fault !== null) return { score: null, reason: fault, odd: false }
  const stated = row.scores.find((score) => score.scorer === scorer)
  const number = stated === undefined ? null : scoreNumber(stated.value, key)
  const score = number !== null && number >= 0 && number <= 1 ? number : null
  const limited = row.limit !== null && row.limit.type !== 'operator'
  if (stated === undefined) {
    // A limit that ended the attempt before it was scored is the attempt's own end.
    return limited ? { score: 0, reason: 'limit', odd: false } : { score: null, reason: 'unscored', odd: false }
  }
  if (score === null) return { score, reason: 'unscored', odd: true }
  if (score > 0) return { score, reason: 'scored', odd: false }
  if (limited) return { score, reason: 'limit', odd: false }
  return { score, reason: row.stopReason === 'content_filter' ? 'refusal' : 'scored', odd: false }
}

// Names of errors that the clients of model providers raise.
const ENDPOINT =
  /\b(RateLimit|APIStatus|APITimeout|APIConnection|API|InternalServer|ServiceUnavailable|Overloaded|Authentication|PermissionDenied)Error\b/

/** Why an attempt is not one: it was declared invalid or broke off by an error. Limits are no errors. */
function faultOf(row: SampleRow): Reason | null {
  if (row.invalidated !== null) return 'unscored'
  if (row.error === null) return null
  return ENDPOINT.test(row.error) ? 'endpoint-fault' : 'harness-fault'
}

function taskOf(id: string, inspectTask: string, isTask: (task: string) => boolean): string {
  const last = inspectTask.slice(inspectTask.lastIndexOf('/') + 1)
  const joined = `${last}/${id}`
  if (isTask(id)) return id
  return isTask(joined) || !id.includes('/') ? joined : id
}

function taskRow(task: string, row: SampleRow, minutes: number): TaskRow {
  const family = row.metadata['task_family']
  return {
    task,
    family: typeof family === 'string' ? family : '',
    minutes: { stated: minutes },
    censoredAt: null,
    broken: null,
  }
}

/** Planned samples that an unfinished log has not got, in every epoch. */
function absentOf(
  log: InspectLog,
  name: (id: string | number) => string,
  attempt: (epoch: number) => string,
): readonly RunRow[] {
  const there = new Set(log.samples.map((row) => `${row.epoch} ${row.id}`))
  const epochs = Math.min(1000, Math.max(1, Math.floor(log.header.epochs ?? 1)))
  const rows: RunRow[] = []
  for (const id of log.header.planned ?? []) {
    for (let epoch = 1; epoch <= epochs && rows.length < MOST_ABSENT; epoch++) {
      if (there.has(`${epoch} ${id}`)) continue
      const of = { model: modelOf(log), task: name(id), family: '', attempt: attempt(epoch) }
      rows.push({ ...of, score: null, reason: 'unscored', tokens: null, cheating: 'no', weight: null })
    }
  }
  return rows
}
