import type { RunSetRow, StartRunSet } from '../../../contract/shapes/measurement.ts'
import { presentDocket } from '../../../core/access/present/docket.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import type { Docket } from '../../../core/docket/docket.ts'
import { toHex } from '../../../core/kernel/digest.ts'
import { newId } from '../../../core/kernel/id.ts'
import { insertRunSet, listRunSetRows, loadRunSet } from '../../store/run-set.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { openByCall } from '../docket/act-endpoint.ts'
import { subjectOf } from '../docket/load-docket.ts'
import { withDocket } from '../docket/with-docket.ts'
import { writeDeed } from '../docket/write-access.ts'
import { endpointOf } from './endpoint-of.ts'
import type { MeasurementDesk } from './measurement-desk.ts'
import { type RunSetBody, sealRunKey, sealRunSet } from './run-set-body.ts'
import { runSetOut } from './run-set-out.ts'
import { hasSeat, RUNNERS } from './runner-seats.ts'
import { SAMPLE, suiteOf, taskRows } from './suite-place.ts'

const MOST_RUN_SETS = 500
const MOST_ATTEMPTS = 20_000

/** Why no run set can be started now, in words; null where one can. */
export function mayStart(docket: Docket): string | null {
  if (docket.endpoint === null) return 'No endpoint has been given yet.'
  if (docket.state === 'window-open') return null
  const terms = docket.terms.at(-1)
  if (docket.state === 'access-ready' && terms?.facts.opensBy === 'first-call') return null
  if (docket.state === 'access-ready') return 'The window opens at the instant both sides agreed to.'
  return 'The access window is not open.'
}

const REMEASURE =
  'The window is shut for ever and its key gone. Measure the released model with weir evaluate run, then take the log in with remeasure.'

/** Has a suite run against the docket's endpoint. Where the terms say so, this opens the window: the first call is near. */
export async function startRunSet(
  desk: MeasurementDesk,
  who: Principal,
  docket: string,
  asked: StartRunSet,
): Promise<Answer<Presented<RunSetRow>>> {
  const ready = await withDocket(desk, who, { docket, object: 'progress', action: 'write' }, async (_, seen) => {
    if (!hasSeat(seen.seats, RUNNERS)) return NOT_FOUND
    if (asked.remeasure) return denied('docket.refused', REMEASURE)
    const why = mayStart(seen.docket)
    return why === null ? done(seen.docket.state) : denied('docket.refused', why)
  })
  if (!ready.ok) return ready
  const suite = await suiteOf(desk, docket, asked.suite)
  if (!suite.ok) return suite
  const known = new Set(suite.value.families.flatMap(({ tasks }) => tasks.map(({ id }) => id)))
  const strange = asked.tasks?.find((task) => !known.has(task))
  if (strange !== undefined) {
    // Guesses at the tasks of a sealed suite stand in the log.
    if (asked.suite !== SAMPLE) await withDocket(desk, who, { docket, object: 'suite', action: 'write' }, async () => NOT_FOUND)
    return denied('request.invalid', 'The suite has no task of that id.', 'tasks')
  }
  if (!asked.profile.tools.includes('submit'))
    return denied('request.invalid', 'Without submit nothing can be handed in.', 'profile/tools')
  const attempts = (asked.tasks === null ? known.size : new Set(asked.tasks).size) * asked.attempts
  if (attempts > MOST_ATTEMPTS) return denied('quota.exceeded', `A run set has at most ${MOST_ATTEMPTS} attempts.`)
  if (ready.value === 'access-ready') {
    const opened = await openByCall(desk, docket)
    if (!opened.ok) return opened
  }
  return await withDocket(desk, who, { docket, object: 'progress', action: 'write' }, async (tx, seen) => {
    const { id: of } = seen.docket
    const [results, bench] = [seen.key('R'), seen.key('B')]
    const why = mayStart(seen.docket)
    if (results === null || bench === null) return denied('docket.closed')
    if (why !== null || !hasSeat(seen.seats, RUNNERS)) return why === null ? NOT_FOUND : denied('docket.refused', why)
    const endpoint = await endpointOf(desk, tx, seen)
    if (endpoint === null) return denied('docket.refused', 'No endpoint has been given yet.')
    if ((await listRunSetRows(tx, of)).length >= MOST_RUN_SETS)
      return denied('quota.exceeded', `A docket has at most ${MOST_RUN_SETS} run sets.`)
    const id = newId('run-set', desk.random)
    const body: RunSetBody = {
      source: 'run',
      say: '',
      suite: { place: asked.suite, name: suite.value.name, version: suite.value.version },
      wanted: asked.tasks,
      attempts: asked.attempts,
      profile: asked.profile,
      prices: asked.prices,
      // The endpoint's own name for it lies in D; results and the report go by the docket's.
      model: seen.model === '' ? endpoint.model : seen.model,
      runKey: sealRunKey(bench, of, id, toHex(desk.random(32)), desk.random),
      tasks: taskRows(suite.value),
      findings: [],
      marks: [],
      unsolved: [],
    }
    const progress = { total: attempts, tokens: 0, cost: null, leftMs: null }
    await insertRunSet(tx, {
      docket: of,
      id,
      state: 'waiting',
      slot: results.slot,
      body: sealRunSet(results, of, id, body, desk.random),
      attempts,
      finished: 0,
      progress,
      person: seen.person,
      now: seen.now,
    })
    await writeDeed(tx, seen, 'progress', 'run-set-started', id)
    const row = await loadRunSet(tx, of, id)
    const shown = row && presentDocket(who, subjectOf(seen.row, true), runSetOut(row, body, false, true))
    return shown ? done(shown) : NOT_FOUND
  })
}
