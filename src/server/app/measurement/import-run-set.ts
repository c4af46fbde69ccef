import type { RunSetView } from '../../../contract/shapes/measurement.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import type { RunRow } from '../../../core/evaluation/run-row.ts'
import { newId } from '../../../core/kernel/id.ts'
import { addAttemptRows, insertRunSet, listRunSetRows } from '../../store/run-set.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { tellDocket } from '../docket/command-docket.ts'
import type { SeenDocket } from '../docket/load-docket.ts'
import { withDocket } from '../docket/with-docket.ts'
import { writeDeed } from '../docket/write-access.ts'
import type { MeasurementDesk } from './measurement-desk.ts'
import { readRunSet } from './read-run-set.ts'
import { type ReadUpload, readUpload } from './read-upload.ts'
import { openRunSet, type RunSetBody, sealRunSet } from './run-set-body.ts'
import { ANALYSTS, hasSeat } from './runner-seats.ts'
import { SealedSpool, SpoolTooLarge } from './sealed-spool.ts'
import { type StoredAttempt, sealAttempt } from './stored-attempt.ts'

const LARGEST = 4 * 2 ** 30
const MOST_ROWS = 200_000
const MOST_RUN_SETS = 500

/**
 * Takes a log or a table of another tool into a docket. It lies sealed on disk while it is read, within bounded memory; its rows stay,
 * the file does not. `remeasure`: it is of the released model.
 */
export async function importRunSet(
  desk: MeasurementDesk,
  who: Principal,
  docket: string,
  { name, remeasure }: { readonly name: string; readonly remeasure: boolean },
  source: AsyncIterable<Uint8Array> | null,
): Promise<Answer<Presented<RunSetView>>> {
  const may = (seen: SeenDocket) => hasSeat(seen.seats, ANALYSTS) && seen.docket.closing === null
  const known = await withDocket(desk, who, { docket, object: 'run-set', action: 'write' }, async (tx, seen) => {
    const key = seen.key('R')
    if (key === null || !may(seen)) return NOT_FOUND
    const sets = await listRunSetRows(tx, seen.docket.id)
    if (sets.length >= MOST_RUN_SETS) return denied('quota.exceeded', `A docket has at most ${MOST_RUN_SETS} run sets.`)
    return done(new Set(sets.flatMap((row) => openRunSet(key, seen.docket.id, row.id, row.body).tasks.map(({ task }) => task))))
  })
  if (!known.ok) return known
  if (!/\.(?:eval|json|csv)$/i.test(name))
    return denied('request.invalid', 'Not taken. The name must end in .eval, .json or .csv.', 'name')
  if (source === null) return denied('request.invalid', 'Not taken. The request has no body: send the file itself.')
  const read = await spooled(desk, name, known.value, source)
  if (!read.ok) return read
  const { runs, tasks } = read.value
  if (runs.length === 0 && tasks.length === 0) {
    const [first] = read.value.findings
    return denied('report.not-decodable', `Not taken. ${first?.say ?? 'There is nothing in it that can be read.'}`)
  }
  if (runs.length > MOST_ROWS) return denied('request.too-large', `Not taken. It has more than ${MOST_ROWS} rows.`)
  const stored = await withDocket<string>(desk, who, { docket, object: 'run-set', action: 'write' }, async (tx, seen) => {
    const { id: of } = seen.docket
    const key = seen.key('R')
    if (key === null || !may(seen)) return NOT_FOUND
    const id = newId('run-set', desk.random)
    const tokens = runs.reduce((sum, row) => sum + (row.tokens ?? 0), 0)
    await insertRunSet(tx, {
      docket: of,
      id,
      state: 'done',
      slot: key.slot,
      body: sealRunSet(key, of, id, bodyOf(read.value), desk.random),
      attempts: runs.length,
      finished: 0,
      progress: { total: runs.length, tokens: Math.round(tokens), cost: null, leftMs: null },
      person: seen.person,
      now: seen.now,
    })
    const rows = runs.map((row, n) => ({ n, row: sealAttempt(key, of, id, n, storedFrom(row), desk.random), transcript: null }))
    await addAttemptRows(tx, of, id, rows, seen.now)
    await writeDeed(tx, seen, 'run-set', 'logs-taken', id)
    return done(id)
  })
  if (!stored.ok) return stored
  if (remeasure) {
    const told = await tellDocket(desk, docket, () => done({ command: { do: 'remeasured', runSet: stored.value } }))
    if (!told.ok) return told
  }
  return await readRunSet(desk, who, docket, stored.value)
}

async function spooled(
  desk: MeasurementDesk,
  name: string,
  known: ReadonlySet<string>,
  source: AsyncIterable<Uint8Array>,
): Promise<Answer<ReadUpload>> {
  let spool: SealedSpool | null = null
  try {
    spool = await SealedSpool.write(desk.scratch, source, LARGEST, desk.random)
    return done(await readUpload(spool, name, known))
  } catch (error) {
    if (error instanceof SpoolTooLarge) return denied('request.too-large', 'Not taken. This address takes at most 4 GiB.')
    throw error
  } finally {
    await spool?.delete()
  }
}

function bodyOf({ runs, tasks, findings, say }: ReadUpload): RunSetBody {
  const models = [...new Set(runs.map((row) => row.model))]
  return {
    source: 'import',
    say,
    suite: null,
    wanted: null,
    attempts: 1,
    profile: null,
    prices: null,
    model: models.length === 1 ? models[0]! : models.slice(0, 20).join(', '),
    runKey: null,
    tasks,
    findings,
    marks: [],
    unsolved: [],
  }
}

function storedFrom(row: RunRow): StoredAttempt {
  const { model, task, family, attempt, score, reason, tokens, weight, cheating } = row
  return {
    model,
    task,
    family,
    attempt,
    score,
    reason,
    say: '',
    tokens,
    reached: null,
    wallMs: null,
    flags: [],
    weight,
    cheating,
  }
}
