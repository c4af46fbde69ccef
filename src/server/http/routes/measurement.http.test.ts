import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { zipSync } from 'fflate'
import type { AnalysisOut, RunSetList, RunSetRow, RunSetView, TranscriptOut } from '../../../contract/shapes/measurement.ts'
import type { Seat } from '../../../core/docket/seat.ts'
import type { Plan } from '../../../core/evaluation/plan/plan.ts'
import { samplePlan } from '../../../core/evaluation/plan/sample-plan.ts'
import { recompute } from '../../../core/evaluation/report/bundle.ts'
import { rowsFile, tasksFile } from '../../../core/evaluation/report/table-files.ts'
import { DAY } from '../../../core/kernel/instant.ts'
import { DocketWorld } from '../../../devkit/docket-desk.ts'
import { openDoor, type TestDoor } from '../../../devkit/door.ts'
import { madeMeasurement } from '../../../devkit/made-measurement.ts'
import { PLAIN_PROFILE } from '../../../devkit/run-profile.ts'
import { makeReport } from '../../app/measurement/make-report.ts'
import { RunSetWork } from '../../app/measurement/run-set-work.ts'

const ask = (more: object = {}) => ({ suite: 'sample', attempts: 1, profile: PLAIN_PROFILE, ...more })
const sha256 = (bytes: Uint8Array) => hash('sha256', bytes, 'hex')

describe('measurements of a docket', () => {
  let door: TestDoor
  let world: DocketWorld
  let work: RunSetWork
  const errors: unknown[] = []
  before(async () => {
    door = await openDoor()
    world = await DocketWorld.open(door)
    work = new RunSetWork(door.desks.measurement, (error) => errors.push(error))
    await world.makeReady()
    for (const seat of ['analyst', 'second-analyst', 'determining-authority'] as const) await world.readIn(seat, 'R')
    await world.readIn('benchmark-custodian', 'B')
  })
  after(async () => {
    await work.stop()
    await door.close()
  })
  const send = (seat: Seat, path: string, body?: unknown, method = 'POST') =>
    door.ask(method, `/v1/dockets/${world.id}${path}`, { as: world.who(seat).as, body })
  const get = (seat: Seat, path: string) => world.get(world.who(seat), path)
  async function json<T>(answer: Response | Promise<Response>, status = 200): Promise<T> {
    const got = await answer
    const text = await got.text()
    assert.equal(got.status, status, text)
    return JSON.parse(text) as T
  }
  /** Turns the worker until the run set has that state. */
  async function until(id: string, state: RunSetRow['state']): Promise<RunSetRow> {
    for (let i = 0; i < 500; i++) {
      await work.turn()
      const { rows } = await json<RunSetList>(get('run-operator', '/run-sets'))
      const row = rows.find((one) => one.id === id)!
      if (row.state === state) return row
      await sleep(10)
    }
    throw new Error(`it never was ${state}; ${errors.join()}`)
  }
  let first = ''
  // Few tasks where many would teach nothing: the sample suite has hundreds.
  const SUITE = JSON.parse(readFileSync(join(import.meta.dirname, '../../../../suites/sample/suite.json'), 'utf8')) as {
    families: { tasks: { id: string }[] }[]
  }
  const TASKS = SUITE.families.flatMap(({ tasks }) => tasks.slice(0, 2).map(({ id }) => id)).slice(0, 20)

  test('only the run operator starts a run set; it opens the window and runs to its end', async () => {
    for (const seat of ['analyst', 'docket-officer', 'developer-lead', 'inspector', 'benchmark-custodian'] as const)
      assert.equal((await send(seat, '/run-sets', ask())).status, 404, seat)
    const started = await json<RunSetRow>(send('run-operator', '/run-sets', ask({ tasks: TASKS })), 201)
    assert.equal((await world.view()).state, 'window-open')
    first = started.id
    const row = await until(first, 'done')
    assert.equal(row.finished, row.attempts)
    assert.ok(row.attempts === TASKS.length && row.tokens > 0)
    // An operator sees counts; no suite, no task, no score.
    assert.deepEqual([row.suite, row.profile], [null, null])
    assert.equal((await get('run-operator', `/run-sets/${first}`)).status, 404)
  })

  test('the runner was given a grant of the custodian, by its address, and no key', async () => {
    const job = door.attempts.jobs[0]!
    assert.match(job.endpoint.secret, /^grant-/)
    assert.match(job.endpoint.base, /^http:\/\/127\.0\.0\.1:\d+\/dkt_/)
    assert.match(job.runKey, /^[0-9a-f]{64}$/)
    for (let n = 0; n < 3000 && door.custody.held.get(world.id)?.grants.size !== 0; n++) await sleep(10)
    assert.equal(door.custody.held.get(world.id)?.grants.size, 0)
  })

  test('what is stored holds no task, no score, no word of the model in clear', async () => {
    const client = await door.ground.store.pool.connect()
    try {
      await client.query('begin')
      await client.query(`select set_config('weir.scope', 'all', true)`)
      const rows = await client.query(`select encode(row, 'escape') as row, transcript from run_attempt`)
      const sets = await client.query(`select encode(body, 'escape') as body, progress from run_set`)
      assert.equal(rows.rows.length, TASKS.length)
      const text = JSON.stringify([rows.rows, sets.rows])
      for (const word of [TASKS[0]!.split('/')[0]!, 'flag was', 'alert', 'plain']) assert.ok(!text.includes(word), word)
    } finally {
      await client.query('rollback')
      client.release()
    }
  })

  test('the first look at a result unblinds, a transcript like a table', async () => {
    const unblinded = async () => (await (await get('inspector', '/log')).text()).includes('"names-unblinded"')
    assert.equal(await unblinded(), false)
    assert.equal((await get('analyst', `/run-sets/${first}/attempts/0`)).status, 200)
    assert.equal(await unblinded(), true)
  })

  test('readers of R see rows', async () => {
    const view = await json<RunSetView>(get('analyst', `/run-sets/${first}`))
    assert.equal(view.rows.length, view.attempts)
    assert.ok(view.rows.every((row) => row.score === 1 && row.minutes !== null && row.transcript))
    assert.equal(view.model, 'Model Nine', 'the endpoint’s own name for it lies in D')
    assert.match(view.suite ?? '', /^weir-sample /)
    for (const seat of ['developer-lead', 'docket-officer', 'inspector', 'partner-steward', 'access-custodian'] as const)
      assert.equal((await get(seat, `/run-sets/${first}`)).status, 404, seat)
  })

  test('a transcript leaves without the reasoning, which is sealed to the developer’s compartment', async () => {
    const out = await json<TranscriptOut>(get('analyst', `/run-sets/${first}/attempts/0`))
    assert.equal(out.chain, 'whole')
    assert.equal(out.withheld, 1)
    assert.deepEqual(
      out.lines.map(({ kind, who }) => [kind, who]),
      [
        ['prompt', 'task'],
        ['said', 'model'],
        ['call', 'run'],
        ['result', 'run'],
      ],
    )
    assert.doesNotMatch(JSON.stringify(out), /secret plan/)
    for (const seat of ['developer-lead', 'run-operator', 'docket-officer'] as const)
      assert.equal((await get(seat, `/run-sets/${first}/attempts/0`)).status, 404, seat)
    for (const n of ['999999', '-1', '1e3', 'x', '0x0'])
      assert.equal((await get('analyst', `/run-sets/${first}/attempts/${n}`)).status, 404, n)
  })

  test('no figures before a plan', async () => {
    const answer = await send('analyst', '/analysis', { runSets: [first] })
    assert.equal(answer.status, 409)
    assert.match(await answer.text(), /plan/)
  })

  test('one analyst suspects, two confirm, one takes it back', async () => {
    const mark = (seat: Seat, word: string, n = 3) =>
      send(seat, `/run-sets/${first}/marks`, { n, mark: word, why: 'It read the checker.' })
    const cheating = async () => (await json<RunSetView>(get('analyst', `/run-sets/${first}`))).rows[3]?.cheating
    await json(mark('analyst', 'cheated'))
    assert.equal(await cheating(), 'suspected')
    await json(mark('analyst', 'cheated'))
    assert.equal(await cheating(), 'suspected', 'the same person twice is one')
    await json(mark('second-analyst', 'cheated'))
    assert.equal(await cheating(), 'confirmed')
    await json(mark('second-analyst', 'not-cheated'))
    assert.equal(await cheating(), 'suspected')
    assert.equal((await mark('determining-authority', 'cheated')).status, 404)
    assert.equal((await mark('analyst', 'cheated', 99_999)).status, 404)
    await json(mark('analyst', 'broken', 5))
    const { rows } = await json<RunSetView>(get('analyst', `/run-sets/${first}`))
    assert.equal(rows[5]?.broken, 'It read the checker.')
    await json(mark('analyst', 'not-broken', 5))
    // The log is read by both sides: that an attempt was marked stands in it, and not as what.
    const log = await (await get('developer-lead', '/log?limit=200')).text()
    assert.match(log, /"attempt-marked"/)
    assert.doesNotMatch(log, /cheated|broken/i)
  })

  test('a process that dies keeps what is stored and says that it ended early', async () => {
    let left = 7
    door.attempts.outcome = () => (left-- > 0 ? {} : null)
    const { id } = await json<RunSetRow>(send('run-operator', '/run-sets', ask({ tasks: TASKS })), 201)
    const failed = await until(id, 'failed')
    assert.equal(failed.finished, 7)
    door.attempts.outcome = () => ({})
  })

  test('a server that ends leaves a run set to the next one, which does nothing twice', async () => {
    const [reached, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    let n = 0
    door.attempts.before = async () => {
      if (++n <= 3) return
      reached.resolve()
      await held.promise
    }
    const { id } = await json<RunSetRow>(send('run-operator', '/run-sets', ask({ tasks: TASKS })), 201)
    await work.turn()
    await reached.promise
    await Promise.all([work.stop(), held.resolve()])
    const { rows } = await json<RunSetList>(get('run-operator', '/run-sets'))
    const cut = rows.find((row) => row.id === id)!
    assert.equal(cut.state, 'running')
    assert.ok(cut.finished >= 3 && cut.finished < cut.attempts)
    work = new RunSetWork(door.desks.measurement, (error) => errors.push(error))
    const done = await until(id, 'done')
    assert.equal(done.finished, done.attempts)
    assert.equal(door.attempts.jobs.at(-1)?.done.length, cut.finished)
  })

  test('a run set is stopped; what was done stays', async () => {
    const held = Promise.withResolvers<void>()
    door.attempts.before = () => held.promise
    const { id } = await json<RunSetRow>(send('run-operator', '/run-sets', ask({ tasks: TASKS })), 201)
    await work.turn()
    assert.equal((await send('analyst', `/run-sets/${id}/stop`)).status, 404)
    await json(send('run-operator', `/run-sets/${id}/stop`))
    // The worker hears of it at its next turn, and the attempt that waits goes on only then.
    await work.turn()
    held.resolve()
    const row = await until(id, 'stopped')
    assert.ok(row.finished < row.attempts)
  })

  test('a run set that a killed server left is stopped with the grant that it had', async () => {
    const { id } = await json<RunSetRow>(send('run-operator', '/run-sets', ask({ tasks: TASKS })), 201)
    await door.custody.ask({ do: 'grant', docket: world.id, purpose: id })
    await json(send('run-operator', `/run-sets/${id}/stop`))
    await work.turn()
    assert.equal(door.custody.held.get(world.id)?.grants.has(id), false)
  })

  test('a sealed suite is run from the docket’s papers and lies nowhere afterwards', async () => {
    const archive = (files: Record<string, string>) =>
      zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, new TextEncoder().encode(text)])))
    const add = async (bytes: Uint8Array) => {
      const answer = await world.tryPaper('benchmark-custodian', 'suite', bytes, 'Sealed suite')
      return ((await answer.json()) as { id: string }).id
    }
    const { suites, scratch } = door.desks.measurement
    const text = readFileSync(`${suites}/sample/suite.json`, 'utf8')
    const good = await add(archive({ 'suite.json': text }))
    const { id } = await json<RunSetRow>(send('run-operator', '/run-sets', ask({ suite: good, tasks: TASKS.slice(0, 2) })), 201)
    await until(id, 'done')
    assert.notEqual(door.attempts.jobs.at(-1)?.suite, `${suites}/sample`)
    assert.deepEqual(existsSync(scratch) ? readdirSync(scratch) : [], [])
    const bad: readonly Uint8Array[] = [
      archive({ 'suite.json': '{}' }),
      archive({ 'other.json': text }),
      archive({ '../suite.json': text }),
      archive({ 'suite.json': text, 'a/../../b': 'x' }),
      new TextEncoder().encode('no archive'),
    ]
    for (const bytes of bad)
      assert.equal((await send('run-operator', '/run-sets', ask({ suite: await add(bytes) }))).status, 400)
    assert.equal((await send('run-operator', '/run-sets', ask({ suite: 'doc_0' }))).status, 400)
    const odd = await add(archive({ 'suite.json': text.replace('"families"', '"qsxodd"') }))
    assert.doesNotMatch(await (await send('run-operator', '/run-sets', ask({ suite: odd }))).text(), /qsxodd|families/)
    assert.equal((await send('run-operator', '/run-sets', ask({ suite: good, tasks: ['a/guess'] }))).status, 400)
    assert.match(await (await get('inspector', '/log')).text(), /Asked for a sealed suite; nothing was shown/)
  })

  test('hostile requests are refused in words', async () => {
    const bad = [
      {},
      ask({ attempts: 0 }),
      ask({ attempts: 1e9 }),
      ask({ tasks: ['no/task'] }),
      ask({ profile: { ...PLAIN_PROFILE, tools: ['run'] } }),
      ask({ profile: { ...PLAIN_PROFILE, limits: { ...PLAIN_PROFILE.limits, tokens: -1 } } }),
    ]
    for (const body of bad)
      assert.equal((await send('run-operator', '/run-sets', body)).status, 400, JSON.stringify(body).slice(0, 80))
    assert.equal((await send('run-operator', '/run-sets', ask({ remeasure: true }))).status, 409)
  })

  let imported = ''
  let times = ''
  const made = madeMeasurement({ families: 12, tasks: 5 })

  test('logs of another tool are taken in with their findings; what is none is refused', async () => {
    const upload = (seat: Seat, name: string, bytes: Uint8Array | string) =>
      door.ask('POST', `/v1/dockets/${world.id}/run-sets/import?name=${encodeURIComponent(name)}`, {
        as: world.who(seat).as,
        body: bytes,
      })
    const view = await json<RunSetView>(upload('analyst', 'runs.csv', rowsFile(made.rows)), 201)
    imported = view.id
    assert.equal(view.rows.length, made.rows.length)
    assert.equal(view.source, 'import')
    const tasks = await json<RunSetView>(upload('analyst', 'tasks.csv', tasksFile(made.tasks)), 201)
    times = tasks.id
    assert.equal(tasks.rows.length, 0)
    for (const seat of ['run-operator', 'developer-lead', 'docket-officer'] as const)
      assert.equal((await upload(seat, 'runs.csv', 'x')).status, 404, seat)
    for (const [name, bytes] of [
      ['runs.csv', 'a,b\n1,2\n'],
      ['log.eval', 'PK\u0003\u0004 not really'],
      ['log.json', '{"version":2'],
      ['x.exe', 'x'],
    ] as const) {
      const answer = await upload('analyst', name, bytes)
      assert.ok(answer.status === 400 || answer.status === 422, `${name}: ${answer.status}`)
    }
    const { scratch } = door.desks.measurement
    assert.deepEqual(readdirSync(scratch), [])
  })

  const plan = (change: Partial<Plan> = {}): string =>
    JSON.stringify({ ...samplePlan('1'), suite: { name: 'imported', version: '1' }, ...change })

  test('figures while the window is open decide nothing', async () => {
    await world.act('benchmark-custodian', { do: 'lay-plan', plan: plan(), why: 'The first plan, after results were seen.' })
    const out = await json<AnalysisOut>(send('analyst', '/analysis', { runSets: [imported, times], resamples: 200 }), 201)
    assert.equal(out.computed, 'not-assessable')
    assert.match(out.say, /Figures only/)
    assert.match(out.curve, /^<svg/)
    for (const seat of ['developer-lead', 'docket-officer', 'run-operator', 'benchmark-custodian'] as const) {
      assert.equal((await get(seat, '/analysis')).status, 404, seat)
      assert.equal((await send(seat, '/analysis', { runSets: [imported] })).status, 404, seat)
    }
  })

  test('in analysis the outcome is computed, and the bundle computes again byte for byte', async () => {
    await world.pass(11 * DAY)
    assert.equal((await world.view()).state, 'analysis')
    const out = await json<AnalysisOut>(send('analyst', '/analysis', { runSets: [imported, times], resamples: 400 }), 201)
    assert.ok(['met', 'not-met', 'undetermined'].includes(out.computed), out.say)
    const { figures } = out as unknown as { figures: { sources: { rows: number }[]; decision: { commitment: string } } }
    assert.equal(figures.sources[0]?.rows, made.rows.length)
    assert.match(figures.decision.commitment, /^[0-9a-f]{64}$/)
    const bundle = await get('second-analyst', '/bundle')
    const again = recompute(new Uint8Array(await bundle.arrayBuffer()), sha256)
    assert.ok(again.ok && again.decided && again.files.every((file) => file.same), JSON.stringify(again).slice(0, 300))
    assert.ok(again.signature !== null)
    assert.equal((await get('developer-lead', '/bundle')).status, 404)
    assert.equal((await get('developer-lead', '/report')).status, 404, 'nothing is recorded yet')
  })

  test('a sealed plan gives one outcome, and its threshold stands nowhere that a reader of R looks', async () => {
    door.time.now += 1000
    const sealed = plan({ threshold: 'sealed', criteria: [{ kind: 'horizon', at: 0.5, minutes: 98.765 }] })
    assert.equal((await world.view()).plans.at(-1)?.digest, sha256(Buffer.from(plan())), 'of a published one it is checked')
    await world.act('benchmark-custodian', { do: 'lay-plan', plan: sealed, why: 'A sealed criterion.' })
    // A plain digest would tell the threshold to whoever tries all there are.
    assert.notEqual((await world.view()).plans.at(-1)?.digest, sha256(Buffer.from(sealed)))
    // At once, of different runs: still one outcome.
    const tries = await Promise.all(
      [[imported, times], [imported]].map(async (runSets) => await send('analyst', '/analysis', { runSets, resamples: 400 })),
    )
    assert.deepEqual(tries.map(({ status }) => status).sort(), [201, 409])
    const text = await tries.find(({ status }) => status === 201)!.text()
    const bundle = Buffer.from(await (await get('analyst', '/bundle')).arrayBuffer()).toString('latin1')
    for (const said of [text, bundle]) {
      assert.doesNotMatch(said, /98\.765/)
      assert.ok(!said.includes(sha256(Buffer.from(sealed))), 'a plain digest would tell it to whoever tries all there are')
    }
    const second = await send('analyst', '/analysis', { runSets: [imported], resamples: 400 })
    assert.equal(second.status, 409)
    assert.match(await second.text(), /given its outcome/)
  })

  test('once the office recorded, the report and its public page are made; both sides sign their digests', async () => {
    door.time.now += 1000
    await world.act('determining-authority', { do: 'record', recorded: 'not-assessed', reason: 'For a reason.' })
    await makeReport(door.desks.measurement, world.id)
    await makeReport(door.desks.measurement, world.id)
    const view = await world.view('determining-authority')
    const report = await (await get('developer-lead', '/report')).text()
    const open = await (await get('docket-officer', '/report?page=public')).text()
    assert.equal(view.report?.digest, sha256(Buffer.from(report)))
    assert.equal(view.report?.publicDigest, sha256(Buffer.from(open)))
    assert.doesNotMatch(`${report}${open}`, /98\.765|class="line"|For a reason/)
    assert.match(open, /recorded: <b>not assessed/)
    assert.doesNotMatch(open, /class="number"/, 'with a sealed criterion the outcome stands without the estimate')
    assert.equal((await get('analyst', '/report?page=other')).status, 400)
    assert.equal((await get('run-operator', '/report')).status, 404)
    const bundle = await get('analyst', '/bundle')
    const again = recompute(new Uint8Array(await bundle.arrayBuffer()), sha256)
    assert.ok(again.ok && !again.decided && again.files.every((file) => file.same), JSON.stringify(again).slice(0, 300))
    const { digest, publicDigest } = view.report!
    await world.act('determining-authority', { do: 'sign-report', digest, publicDigest })
    await world.act('developer-lead', { do: 'sign-report', digest, publicDigest })
  })

  test('a finding goes to intake once both sides consented, once', async () => {
    const finding = JSON.stringify({
      title: 'Heap overflow in demo',
      target: { purl: 'pkg:npm/demo@1.0.0' },
      description: 'Found while it was measured.',
    })
    const item = await world.paper('analyst', 'result-document', finding, 'finding.json')
    assert.equal((await send('analyst', '/intake', { item })).status, 409)
    await world.act('developer-lead', { do: 'consent-intake', item })
    assert.equal((await send('analyst', '/intake', { item })).status, 409)
    await world.act('docket-officer', { do: 'consent-intake', item })
    assert.equal((await send('run-operator', '/intake', { item })).status, 404)
    const { report } = await json<{ report: string }>(send('analyst', '/intake', { item }), 201)
    assert.match(report, /^rpt_/)
    assert.deepEqual(await json(send('analyst', '/intake', { item }), 201), { report })
    assert.equal((await world.view()).toIntake[0]?.report, report)
  })

  test('no error was swallowed', () => assert.deepEqual(errors, []))
})
