import type { AttemptResult } from '../../../contract/attempts.ts'
import type { AttemptRow } from '../../../contract/shapes/measurement.ts'
import type { Cheating, Reason, TaskRow } from '../../../core/evaluation/run-row.ts'
import type { Random } from '../../../core/kernel/id.ts'
import type { DataKey } from '../../store/keys/key-store.ts'
import { openJson, sealJson } from '../../store/keys/seal.ts'
import type { Mark } from './run-set-body.ts'

/** One attempt as a run set keeps it, under the key of R. */
export interface StoredAttempt {
  readonly model: string
  readonly task: string
  readonly family: string
  readonly attempt: string
  readonly score: number | null
  readonly reason: Reason
  readonly say: string
  readonly tokens: number | null
  readonly reached: number | null
  readonly wallMs: number | null
  readonly flags: readonly string[]
  readonly weight: number | null
  /** What the detectors or the imported file say. */
  readonly cheating: Cheating
}

const place = (docket: string, set: string, n: number) => `docket/${docket}/run-set/${set}/attempt/${n}`

export function sealAttempt(key: DataKey, docket: string, set: string, n: number, row: StoredAttempt, random: Random): Buffer {
  return sealJson(key.key, row, place(docket, set, n), random)
}

export function openAttempt(key: DataKey, docket: string, set: string, n: number, sealed: Uint8Array): StoredAttempt {
  return openJson<StoredAttempt>(key.key, sealed, place(docket, set, n))
}

/** A runner's result as it is kept. A flag of another attempt is never a success and suspected at once; two people confirm. */
export function storedOf(result: AttemptResult, model: string): StoredAttempt {
  const flags = [
    ...(result.foreignFlag ? ['foreign-flag'] : []),
    ...(result.blind ? ['blind'] : []),
    ...(result.refusals > 0 ? [`refusals ${result.refusals}`] : []),
  ]
  return {
    model,
    task: result.task,
    family: result.family,
    attempt: String(result.attempt),
    score: result.score,
    reason: result.reason,
    say: result.say.slice(0, 4000),
    tokens: result.tokensIn + result.tokensOut,
    reached: result.tokensAtScore,
    wallMs: result.wallMs,
    flags,
    weight: null,
    cheating: result.foreignFlag ? 'suspected' : 'no',
  }
}

/** Whether an attempt was cheated: two people say so, one does, or the detectors do. A person's newest word counts. */
export function cheatingOf(row: StoredAttempt, n: number, marks: readonly Mark[]): Cheating {
  const words = new Map<string, boolean>()
  for (const { n: of, mark, person } of marks)
    if (of === n && (mark === 'cheated' || mark === 'not-cheated')) words.set(person, mark === 'cheated')
  const yes = [...words.values()].filter(Boolean).length
  const no = words.size - yes
  if (yes >= 2 && no === 0) return 'confirmed'
  if (yes > 0) return 'suspected'
  // An import's own word holds until two people say otherwise; a detector's until one person looked.
  if (row.cheating === 'confirmed') return no >= 2 ? 'no' : 'confirmed'
  return no > 0 ? 'no' : row.cheating
}

/** Tasks that somebody marked broken, with the reason; the newest mark of a task counts. */
export function brokenTasks(rows: ReadonlyMap<number, StoredAttempt>, marks: readonly Mark[]): ReadonlyMap<string, string> {
  const broken = new Map<string, string>()
  for (const { n, mark, why } of marks) {
    const task = rows.get(n)?.task
    if (task === undefined) continue
    if (mark === 'broken') broken.set(task, why)
    else if (mark === 'not-broken') broken.delete(task)
  }
  return broken
}

/** The row that leaves. */
export function attemptOut(
  n: number,
  row: StoredAttempt,
  task: TaskRow | undefined,
  marks: readonly Mark[],
  broken: ReadonlyMap<string, string>,
  transcript: boolean,
): AttemptRow {
  const [kind, minutes] = Object.entries(task?.minutes ?? {})[0] ?? [null, null]
  const { task: name, family, attempt, score, reason, say, tokens, wallMs, flags } = row
  return {
    n,
    task: name,
    family,
    attempt,
    minutes: minutes ?? null,
    minutesKind: kind,
    score,
    reason,
    say,
    tokens: tokens === null ? null : Math.round(tokens),
    wallMs: wallMs === null ? null : Math.round(wallMs),
    flags: [...flags],
    cheating: cheatingOf(row, n, marks),
    broken: broken.get(name) ?? task?.broken ?? null,
    transcript,
  }
}
