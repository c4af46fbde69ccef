import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Principal } from '../../../core/access/principal.ts'
import { instant } from '../../../core/kernel/instant.ts'
import { brokenStore, Cut, type Fate } from '../../../devkit/broken-store.ts'
import { type FakeJob, FakeRunner, fakeOutcome } from '../../../devkit/fake-runner.ts'
import { member } from '../../../devkit/members.ts'
import { ProofDesk } from '../../../devkit/proof-desk.ts'
import { leaseJob } from './lease-job.ts'
import { sweepLeases } from './sweep-leases.ts'
import { takeResult } from './take-result.ts'

const GONE = new AbortController().signal
const AS_RUNNER: Omit<Principal, 'organisation'> = { kind: 'machine', person: null, roles: ['runner'], scopes: ['job:lease'] }

describe('the queue of validations', () => {
  let desk: ProofDesk

  before(async () => {
    desk = await ProofDesk.open({ validation: { ownRunner: false, atOnce: 2, secondsADay: 1000 } })
  })
  after(async () => await desk.door.close())

  const rowOf = async (id: string) => (await desk.page(desk.coordinator, id)).row
  const command = () => ({ runner: desk.runner.id, waitMs: 0 })
  /** The runner as the door recognises it. */
  const who = async (): Promise<Principal> => {
    const { rows } = await desk.door.database.owner.query(`select owner_id from weir.runner where id = $1`, [desk.runner.id])
    return { ...AS_RUNNER, organisation: rows[0].owner_id }
  }
  const finish = async (runner = desk.runner, seconds = 1) => {
    for (;;) {
      const job = await runner.lease()
      if (job === null) return
      assert.equal(await runner.finish(job, fakeOutcome(job.proof, 'confirmed'), { seconds }), true)
    }
  }

  test('many runners at once never get the same job, nor one organisation more than its share', async () => {
    const { flaw } = await desk.send(desk.finder, 'lq_many')
    const asked = [1, 2, 3].map(() => desk.ask(desk.coordinator, `/v1/flaws/${flaw}/validations`))
    const ids = (await Promise.all(asked)).map(({ id }) => id)
    const runners = await Promise.all(Array.from({ length: 5 }, () => FakeRunner.join(desk.door)))
    const jobs = (await Promise.all(runners.map((runner) => runner.lease()))).filter((job) => job !== null)
    assert.equal(jobs.length, 2)
    assert.equal(new Set(jobs.map(({ id }) => id)).size, 2)
    const left = ids.find((id) => !jobs.some((job) => job.id === id))!
    assert.match((await rowOf(left)).waitsFor ?? '', /2 of 2 jobs of its organisation run at once/)
    for (const job of jobs) assert.equal(await runners[0]!.end(job, { how: 'stopped' }), true)
    await finish()
  })

  test('who used less goes first, and over the cost limit of a day nobody goes', async () => {
    const { flaw, finding } = await desk.send(desk.finder, 'lq_fair')
    await desk.ask(desk.coordinator, `/v1/flaws/${flaw}/validations`)
    await finish(desk.runner, 500)
    const own = await desk.addTarget(desk.finder, 'pkg:generic/qr')
    const heavy = await desk.ask(desk.coordinator, `/v1/flaws/${flaw}/validations`)
    const light = await desk.ask(desk.finder, `/v1/findings/${finding}/validations`, { target: own })
    const first = (await desk.runner.lease())!
    assert.equal(first.id, light.id, 'asked for later, by one who used nothing')
    const second = (await desk.runner.lease())!
    assert.equal(second.id, heavy.id)
    assert.equal(await desk.runner.finish(second, fakeOutcome(second.proof, 'confirmed'), { seconds: 600 }), true)
    assert.equal(await desk.runner.finish(first, fakeOutcome(first.proof, 'confirmed')), true)
    const over = await desk.ask(desk.coordinator, `/v1/flaws/${flaw}/validations`)
    assert.equal(await desk.runner.lease(), null)
    assert.match((await rowOf(over.id)).waitsFor ?? '', /seconds of sandbox time a day are used/)
    const later = desk.door.time.now + 86_400_000
    const next = await leaseJob({ ...desk.door.desks.validation, clock: () => instant(later) }, await who(), command(), GONE)
    assert.equal(next.ok && next.value.job?.id, over.id, 'a day later')
    const lent = next.ok ? (next.value.job as FakeJob) : null
    assert.equal(await desk.runner.end(lent!, { how: 'stopped' }), true)
    // The tests after this one begin afresh.
    await desk.door.database.owner.query('update weir.validation set seconds = 0')
    await desk.door.database.owner.query('update weir.runner set last_seen = registered_at')
  })

  test('a runner gets what its walls are strong enough for, one without any gets nothing and the page says why', async () => {
    const { flaw } = await desk.send(desk.finder, 'lq_floor')
    desk.door.time.now += 120_000
    const bare = await FakeRunner.join(desk.door, [])
    const asked = await desk.ask(desk.coordinator, `/v1/flaws/${flaw}/validations`, { settings: { floor: 'gvisor' } })
    assert.equal(await bare.lease(), null)
    const { sandbox } = await desk.proofOf(flaw)
    assert.deepEqual(sandbox, {
      ready: false,
      say: 'Nothing is run: the runner has no sandbox. bubblewrap is not here.',
      mend: 'apt install bubblewrap',
    })
    assert.equal((await rowOf(asked.id)).waitsFor, sandbox.say)
    assert.equal(await desk.runner.lease(), null, 'namespace is below the floor')
    const strong = await FakeRunner.join(desk.door, [{ tier: 'gvisor', says: 'runsc', memory: 'cgroup-v2' }])
    const job = (await strong.lease())!
    assert.equal(job.id, asked.id)
    assert.equal(await strong.end(job, { how: 'stopped' }), true)
  })

  test('who waits for a job is woken when one is asked for, and when nothing comes is told so', async () => {
    const { flaw } = await desk.send(desk.finder, 'lq_wake')
    const from = performance.now()
    const waiting = desk.runner.lease(20_000)
    await new Promise((resolve) => setTimeout(resolve, 50))
    const asked = await desk.ask(desk.coordinator, `/v1/flaws/${flaw}/validations`)
    const job = (await waiting)!
    assert.equal(job.id, asked.id)
    assert.ok(performance.now() - from < 10_000)
    assert.equal(await desk.runner.lease(30), null)
    assert.equal(await desk.runner.end(job, { how: 'stopped' }), true)
  })

  test('a runner’s key is its token’s organisation’s: another’s token neither registers nor leases by it', async () => {
    const theirs = await FakeRunner.join(desk.door, undefined, 'Other runners')
    const answer = await theirs.post('/v1/runners/lease', { runner: desk.runner.id, waitMs: 0 })
    assert.equal(answer.status, 404)
    const administrator = await member(desk.door.ground, 'Runners', ['administrator'])
    const { rows } = (await (await desk.get(administrator, '/v1/runners')).json()) as { rows: { id: string }[] }
    assert.ok(rows.some(({ id }) => id === desk.runner.id) && rows.some(({ id }) => id === theirs.id))
  })

  test('cut at any statement, a result is stored whole or not at all, and sent again it counts once', async () => {
    const { flaw } = await desk.send(desk.finder, 'lq_cut')
    const { owner } = desk.door.database
    const as = await who()
    let cuts = 0
    for (let n = 0, over = false; !over; n++) {
      for (const fate of ['lost', 'unheard'] as Fate[]) {
        const { id } = await desk.ask(desk.coordinator, `/v1/flaws/${flaw}/validations`)
        const job = (await desk.runner.lease())!
        assert.equal(job.id, id)
        const outcome = fakeOutcome(job.proof, 'confirmed')
        const end = { how: 'done' as const, outcome, envelope: desk.runner.statement(job.proof, outcome) }
        const result = { lease: job.lease, end, seconds: 0, products: [] }
        let at = 0
        const store = brokenStore(desk.door.ground.store, () => (at++ === n ? fate : 'well'))
        const taken = await takeResult({ ...desk.door.desks.validation, store }, as, id, result).catch((error: unknown) => {
          assert.ok(error instanceof Cut, String(error))
          cuts++
          return null
        })
        over = taken !== null
        assert.equal(await desk.runner.finish(job, outcome, { seconds: 0 }), true, `${fate} at ${n}`)
        const events = await owner.query(
          `select count(*)::int as n from weir.event where aggregate_id = $1 and type = 'validation-done'`,
          [id],
        )
        assert.deepEqual(events.rows, [{ n: 1 }], `${fate} at ${n}`)
      }
    }
    assert.ok(cuts > 20, `${cuts} cuts`)
  })

  test('cut while it is leased, a job is lent to nobody, or to one whose lease ends', async () => {
    const { flaw } = await desk.send(desk.finder, 'lq_lent')
    for (const last of [false, true]) {
      const { id } = await desk.ask(desk.coordinator, `/v1/flaws/${flaw}/validations`)
      const store = brokenStore(desk.door.ground.store, (text) => (text === 'commit' ? (last ? 'unheard' : 'lost') : 'well'))
      await assert.rejects(leaseJob({ ...desk.door.desks.validation, store }, await who(), command(), GONE), Cut)
      assert.equal((await rowOf(id)).state, last ? 'running' : 'waiting')
      desk.door.time.now += 31_000
      await sweepLeases(desk.door.desks.validation)
      assert.equal((await desk.runner.lease())?.id, id)
      await desk.door.ask('POST', `/v1/validations/${id}/stop`, { as: desk.coordinator.as, body: {} })
      desk.door.time.now += 31_000
      await sweepLeases(desk.door.desks.validation)
      assert.equal((await rowOf(id)).state, 'stopped')
    }
  })

  test('the statement’s digest stands in the ledger beside receipts, which are proved as before', async () => {
    const { flaw, finding } = await desk.send(desk.finder, 'lq_ledger')
    await desk.ask(desk.coordinator, `/v1/flaws/${flaw}/validations`)
    await finish()
    const { owner } = desk.door.database
    const stored = async () =>
      (
        await owner.query(
          `select interval_index, position from weir.validation where flaw_id = $1 and commitment is not null`,
          [flaw],
        )
      ).rows[0]
    desk.door.time.now += 120_000
    await desk.door.desks.ledger.turn()
    const { interval_index: index } = await stored()
    const leaf = await owner.query(`select leaf_index from weir.ledger_interval where index = $1`, [index])
    assert.equal(leaf.rows.length, 1)
    const { rows } = await owner.query(
      `select receipt_id, interval_index from weir.finding f join weir.receipt r on r.id = f.receipt_id where f.id = $1`,
      [finding],
    )
    assert.equal(rows[0].interval_index, index, 'the same interval')
    const proof = await desk.door.ask('GET', `/v1/receipts/${rows[0].receipt_id}/proof`)
    assert.equal(proof.status, 200, 'its root is that of both commitments')
  })
})
