import { randomBytes } from 'node:crypto'
import { lstatSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { AttemptLine, AttemptResult, AttemptsJob } from '../../contract/attempts.ts'
import { parseSuite } from '../../core/evaluation/suite-file.ts'
import type { Suite } from '../../core/evaluation/task-package.ts'
import type { Console } from '../console.ts'
import { EXIT, Stop } from '../exit.ts'
import { span, whole } from '../text/figures.ts'
import { inert } from '../text/inert.ts'
import { ProgressLine } from '../text/progress.ts'
import { mustBeBase } from './run-address.ts'
import { RunFolder } from './run-folder.ts'
import { runAttemptsProcess } from './run-process.ts'

/** What a person asks for; paths are absolute. */
export interface SuiteRunAsk {
  readonly suite: string
  /** The folder that is written, and gone on with where it holds this run set already. */
  readonly out: string
  /** The runner's state folder. */
  readonly state: string
  readonly endpoint: AttemptsJob['endpoint']
  readonly tasks: AttemptsJob['tasks']
  readonly attempts: number
  readonly repeats: number
  readonly atOnce: number
  readonly profile: AttemptsJob['profile']
  readonly prices: AttemptsJob['prices']
}

export interface SuiteRun {
  /** Of this run set, those made before included. */
  readonly results: readonly AttemptResult[]
  /** Attempts in all. */
  readonly total: number
  readonly unsolved: readonly { readonly task: string; readonly say: string }[]
  readonly stopped: boolean
  /** Where the run table is. */
  readonly table: string
}

const MOST_SUITE = 16 << 20
const TABLE_EVERY_MS = 5000

/**
 * Runs a suite against an endpoint, in sandboxes of this machine, into a folder that can be gone on with. Progress, time left and cost
 * go to standard error. A stop by `signal` is no error: what was done stays. Throws Stop where the suite, the folder or this machine
 * is not fit.
 */
export async function runSuite(ask: SuiteRunAsk, screen: Console, signal: AbortSignal): Promise<SuiteRun> {
  mustBeBase(ask.endpoint.base)
  const suite = suiteIn(ask.suite)
  const minutes = new Map(suite.families.flatMap(({ tasks }) => tasks.map(({ id, human }) => [id, human.minutes] as const)))
  const { endpoint, attempts, repeats, atOnce, profile, prices, tasks } = ask
  const { api, model } = endpoint
  const facts = { suite: `${suite.name} ${suite.version}`, model, api, profile, prices }
  const folder = new RunFolder(ask.out, facts, minutes, () => randomBytes(32).toString('hex'))
  const { runKey, done } = folder
  const job = { suite: resolve(ask.suite), tasks, attempts, repeats, runKey, profile, prices, atOnce, endpoint, done }
  const told = { total: 0, stopped: false, unsolved: [] as { task: string; say: string }[] }
  const line = new ProgressLine(process.stderr, () => performance.now())
  let tabled = 0
  try {
    const take = (one: AttemptLine) => {
      if (one.event === 'ready') told.total = one.total
      if (one.event === 'transcript') folder.transcript(one.task, one.attempt, one.lines)
      if (one.event === 'progress') line.show(() => progressText(one))
      if (one.event === 'done') told.stopped = one.stopped
      if (one.event === 'unsolved-reference') {
        told.unsolved.push({ task: one.task, say: one.say })
        line.clear()
        screen.tell(`note       ${inert(one.task)} counts for nobody: ${inert(one.say)}`)
      }
      if (one.event !== 'attempt') return
      folder.result(one.result)
      if (performance.now() - tabled < TABLE_EVERY_MS) return
      tabled = performance.now()
      folder.writeTable()
    }
    await runAttemptsProcess(ask.state, job, take, signal)
  } finally {
    line.clear()
  }
  return { ...told, results: folder.results, stopped: told.stopped || signal.aborted, table: folder.writeTable() }
}

/** One line: how many of how many, tokens, cost, time left as far as they are known. */
export function progressText({ done, total, tokens, cost, leftMs }: Extract<AttemptLine, { event: 'progress' }>): string {
  const parts = [`attempts   ${whole(done)} of ${whole(total)}`, `${whole(tokens)} tokens`]
  if (cost !== null) parts.push(`$${cost.toFixed(2)}`)
  if (leftMs !== null && done < total) parts.push(`about ${span(leftMs)}`)
  return parts.join('   ')
}

function suiteIn(folder: string): Suite {
  const file = join(folder, 'suite.json')
  let text: string
  try {
    if (lstatSync(file).size > MOST_SUITE) throw new Error('too large')
    text = readFileSync(file, 'utf8')
  } catch {
    throw new Stop(EXIT.badInput, `There is no suite in ${inert(folder)}.`, 'A suite is a folder with a suite.json.')
  }
  const read = parseSuite(text)
  if (read.ok) return read.suite
  throw new Stop(EXIT.badInput, `${inert(file)} is not as it should be at ${inert(read.at)}: ${inert(read.say)}`)
}
