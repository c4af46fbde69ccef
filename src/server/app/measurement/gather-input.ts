import { createHash } from 'node:crypto'
import type { AnalysisInput, NumberedRow } from '../../../core/evaluation/figures/input.ts'
import type { Plan } from '../../../core/evaluation/plan/plan.ts'
import type { TaskRow } from '../../../core/evaluation/run-row.ts'
import type { Tx } from '../../store/connection.ts'
import { listAttemptRows, loadRunSet } from '../../store/run-set.ts'
import { type Answer, denied, done } from '../answer.ts'
import type { SeenDocket } from '../docket/load-docket.ts'
import { openRunSet, type RunSetBody } from './run-set-body.ts'
import { brokenTasks, cheatingOf, openAttempt } from './stored-attempt.ts'

export interface Gathered {
  readonly input: AnalysisInput
  /** Which rows came from which run set: its row n is row `from` + n. */
  readonly sources: readonly { readonly runSet: string; readonly from: number; readonly rows: number }[]
}

const MOST_ROWS = 500_000

/** Puts run sets together as one table, with marks applied, in the order named. */
export async function gatherInput(
  tx: Tx,
  seen: SeenDocket,
  runSets: readonly string[],
  plan: Plan,
  digest: string,
  resamples: number,
): Promise<Answer<Gathered>> {
  const { id } = seen.docket
  const key = seen.key('R')
  if (key === null) return denied('docket.closed')
  const rows: NumberedRow[] = []
  const tasks = new Map<string, TaskRow>()
  const bodies: RunSetBody[] = []
  const sources: { runSet: string; from: number; rows: number }[] = []
  for (const set of new Set(runSets)) {
    const record = await loadRunSet(tx, id, set)
    if (record === undefined) return denied('request.invalid', 'There is no such run set in this docket.', 'runSets')
    const body = openRunSet(key, id, set, record.body)
    bodies.push(body)
    const stored = new Map((await listAttemptRows(tx, id, set)).map(({ n, row }) => [n, openAttempt(key, id, set, n, row)]))
    const broken = brokenTasks(stored, body.marks)
    for (const task of body.tasks) addTask(tasks, task)
    for (const [task, why] of broken) {
      const known = tasks.get(task)
      const family = [...stored.values()].find((row) => row.task === task)?.family ?? ''
      tasks.set(task, { ...(known ?? { task, family, minutes: {}, censoredAt: null }), broken: why })
    }
    sources.push({ runSet: set, from: rows.length, rows: stored.size })
    for (const [n, row] of [...stored].sort(([a], [b]) => a - b)) {
      const { model, task, family, attempt, score, reason, tokens, reached, weight } = row
      const cheating = cheatingOf(row, n, body.marks)
      // Two run sets number their attempts alike; they are attempts all the same.
      const own = bodies.length === 1 ? attempt : `${bodies.length}:${attempt}`
      rows.push({ n: rows.length, model, task, family, attempt: own, score, reason, tokens, reached, cheating, weight })
    }
    if (rows.length > MOST_ROWS) return denied('request.too-large', `At most ${MOST_ROWS} rows are analysed together.`)
  }
  const model = measured(rows, bodies, seen.model)
  if (model === null) return denied('docket.refused', 'There is no run in these run sets.')
  const input: AnalysisInput = {
    rows,
    tasks: [...tasks.values()],
    model,
    suite: suiteOf(bodies),
    elicitation: [...new Set(bodies.flatMap(({ profile }) => (profile === null ? [] : [profile.name])))],
    settings: { resamples, seed: seedOf(id, digest), method: plan.method, multiverse: plan.multiverse },
    scale: null,
  }
  return done({ input, sources })
}

/** The model that was run, else the one that the docket names, else the one with most rows. */
function measured(rows: readonly NumberedRow[], bodies: readonly RunSetBody[], named: string): string | null {
  const run = bodies.find(({ source }) => source === 'run')?.model
  const counts = new Map<string, number>()
  for (const { model } of rows) counts.set(model, (counts.get(model) ?? 0) + 1)
  if (run !== undefined && counts.has(run)) return run
  if (counts.has(named)) return named
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]?.[0] ?? null
}

/** The suite, where all runs are of one; `imported` where all came from logs; else null, and no plan fits. */
function suiteOf(bodies: readonly RunSetBody[]): AnalysisInput['suite'] {
  const run = bodies.flatMap(({ suite }) => (suite === null ? [] : [suite]))
  const [first] = run
  if (first === undefined) return { name: 'imported', version: '1' }
  const one = run.every(({ name, version }) => name === first.name && version === first.version)
  return one ? { name: first.name, version: first.version } : null
}

/** Nobody picks the seed: it follows from docket and plan, 48 bits of a digest. */
function seedOf(docket: string, plan: string): number {
  return createHash('sha256').update(`weir/seed/1\n${docket}\n${plan}`).digest().readUIntBE(0, 6)
}

function addTask(tasks: Map<string, TaskRow>, row: TaskRow): void {
  const known = tasks.get(row.task)
  if (known === undefined) {
    tasks.set(row.task, row)
    return
  }
  tasks.set(row.task, {
    task: row.task,
    family: known.family || row.family,
    minutes: { ...row.minutes, ...known.minutes },
    censoredAt: known.censoredAt ?? row.censoredAt,
    broken: known.broken ?? row.broken,
  })
}
