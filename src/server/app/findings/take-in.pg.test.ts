import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brokenStore, Cut, type Fate } from '../../../devkit/broken-store.ts'
import { crashIn, item, openDesk } from '../../../devkit/desk.ts'
import { type FreshDatabase, withDatabase } from '../../../devkit/pg.ts'
import type { ParsedItem } from '../../../formats/format.ts'
import { startQueue } from '../../jobs/queue.ts'
import type { Taken } from './take-in.ts'

const outcomes = (taken: readonly Taken[]) => taken.map(({ answer }) => answer.outcome)
const refused: ParsedItem = {
  ok: false,
  at: '/findings/3',
  raw: Buffer.from('{"title":7}'),
  refusal: { code: 'item.wrong-type', where: '/findings/3/title', mend: 'A title is text.' },
}
const mixed = [
  item(crashIn('qr_parse')),
  item(crashIn('qr_parse', 'the same crash in other words')),
  item({ title: 'somewhere, something' }),
  refused,
  item(crashIn('qr_parse')),
  item(crashIn('qr_link'), { key: 'mine-1' }),
]

/** Everything a batch may leave behind, counted, and the report's own figures. */
async function traces({ owner }: FreshDatabase): Promise<Record<string, unknown>> {
  const { rows } = await owner.query(
    `select (select count(*)::int from weir.receipt) receipts, (select count(*)::int from weir.finding) findings,
       (select count(*)::int from weir.sure_key) keys, (select count(*)::int from weir.cluster_queue) waiting,
       (select coalesce(sum(items), 0)::int from weir.quota) quota, (select count(*)::int from pgboss.job) jobs,
       (select jsonb_agg(array[taken, accepted, merged, needs_info, refused, version] order by id) from weir.report) reports`,
  )
  return rows[0]
}

test('each item has its outcome, and only what is new leaves rows', async (t) => {
  await withDatabase(t, async (database) => {
    const desk = await openDesk(database)
    const halyard = await desk.sender('Halyard Labs')
    const taken = await desk.take(halyard, mixed)
    assert.deepEqual(outcomes(taken), ['accepted', 'merged', 'needs-info', 'refused', 'repeated', 'accepted'])
    const [first, second, third, fourth, fifth] = taken.map(({ answer }) => answer)
    assert.equal(second!.same, first!.receipt)
    assert.deepEqual([fifth!.receipt, fifth!.same, fifth!.finding], [first!.receipt, first!.receipt, null])
    assert.equal(third!.needs[0]!.code, 'needs.target')
    assert.equal(fourth!.refusal!.mend, 'A title is text.')
    assert.deepEqual(
      taken.map(({ group }) => group === first!.receipt),
      [true, true, false, false, true, false],
    )
    assert.deepEqual(await traces(database), {
      receipts: 5,
      findings: 4,
      keys: 2,
      waiting: 4,
      quota: 5,
      jobs: 0,
      reports: [[5, 2, 1, 1, 1, 2]],
    })
    assert.deepEqual(desk.jobs, ['cluster'])
  })
})

test('what came before stands: same content or same key is the first receipt again, also of a refusal', async (t) => {
  await withDatabase(t, async (database) => {
    const desk = await openDesk(database)
    const halyard = await desk.sender('Halyard Labs')
    const first = await desk.take(halyard, mixed)
    const before = await traces(database)
    const again = await desk.take(halyard, [...mixed, item(crashIn('qr_other'), { key: 'mine-1' })])
    assert.deepEqual(outcomes(again), ['repeated', 'repeated', 'repeated', 'refused', 'repeated', 'repeated', 'repeated'])
    assert.deepEqual(
      again.slice(0, 6).map(({ answer }) => answer.receipt),
      first.map(({ answer }) => answer.receipt),
    )
    assert.equal(again[6]!.answer.receipt, first[5]!.answer.receipt)
    assert.deepEqual({ ...(await traces(database)), reports: null }, { ...before, reports: null })
  })
})

test('what one organisation sent changes nothing for another; strangers are never compared', async (t) => {
  await withDatabase(t, async (database) => {
    const desk = await openDesk(database)
    await desk.take(await desk.sender('Halyard Labs'), mixed)
    const stranger = await desk.sender('Nobody', { anonymous: true })
    for (const sender of [await desk.sender('Tern Security'), stranger, stranger]) {
      const taken = await desk.take(sender, mixed)
      const alone = sender.anonymous
        ? ['accepted', 'accepted', 'needs-info', 'refused', 'repeated', 'accepted']
        : ['accepted', 'merged', 'needs-info', 'refused', 'repeated', 'accepted']
      assert.deepEqual(outcomes(taken), alone)
      if (sender.anonymous)
        assert.ok(
          taken.every(({ answer }) => (answer.finding === null && answer.same === answer.receipt) || answer.same === null),
        )
    }
    // One stranger's own upload, sent again under its key, is one upload still.
    const report = await desk.open(stranger, 'by hand')
    const [once] = await desk.take(stranger, [item(crashIn('qr_hand'))], { report })
    const [twice] = await desk.take(stranger, [item(crashIn('qr_hand'))], { report: await desk.open(stranger, 'by hand') })
    assert.deepEqual([twice!.answer.outcome, twice!.answer.receipt], ['repeated', once!.answer.receipt])
  })
})

test('over the quota of the day nothing is stored, and the same item may come again tomorrow', async (t) => {
  await withDatabase(t, async (database) => {
    const desk = await openDesk(database)
    const small = await desk.sender('Small', { quota: 2 })
    const items = ['a', 'b', 'c'].map((name) => item(crashIn(`qr_${name}`)))
    const taken = await desk.take(small, items)
    assert.deepEqual(outcomes(taken), ['accepted', 'accepted', 'refused'])
    assert.deepEqual([taken[2]!.answer.refusal!.code, taken[2]!.answer.receipt], ['quota.exceeded', null])
    assert.deepEqual(outcomes(await desk.take(small, items)), ['repeated', 'repeated', 'refused'])
    assert.equal((await traces(database))['quota'], 2)
    desk.time.now += 86_400_000
    assert.deepEqual(outcomes(await desk.take(small, items)), ['repeated', 'repeated', 'accepted'])
    assert.equal((await traces(database))['receipts'], 3)
  })
})

test('the same batch sent twice at once is taken once', async (t) => {
  await withDatabase(t, async (database) => {
    const desk = await openDesk(database)
    const halyard = await desk.sender('Halyard Labs')
    const items = Array.from({ length: 40 }, (_, n) => item(crashIn(`qr_at_${n}`)))
    const report = await desk.open(halyard)
    const all = await Promise.all([1, 2, 3].map(() => desk.take(halyard, items, { report })))
    const count = (outcome: string) => all.flat().filter(({ answer }) => answer.outcome === outcome).length
    assert.deepEqual([count('accepted'), count('repeated')], [40, 80])
    assert.equal(new Set(all.flat().map(({ answer }) => answer.receipt)).size, 40)
    const after = await traces(database)
    assert.deepEqual([after['receipts'], after['findings'], after['waiting'], after['quota']], [40, 40, 40, 40])
  })
})

test('failed, not stored: a batch cut at any of its statements leaves nothing, and comes in whole afterwards', async (t) => {
  await withDatabase(t, async (database) => {
    const desk = await openDesk(database)
    const queue = await startQueue(database.store, () => {})
    const halyard = await desk.sender('Halyard Labs')
    const report = await desk.open(halyard)
    const before = await traces(database)
    const seen: string[] = []
    let cuts = 0
    for (let at = 1; ; at++) {
      let n = 0
      const fate = (text: string): Fate => {
        n++
        if (n === at) seen.push(text)
        return n === at ? 'lost' : 'well'
      }
      const intake = { ...desk.intake, queue, store: brokenStore(database.store, fate) }
      const taken = await desk.take(halyard, mixed, { report, intake }).catch((error: Error) => error)
      if (!(taken instanceof Error)) {
        assert.ok(n < at)
        assert.deepEqual(outcomes(taken), ['accepted', 'merged', 'needs-info', 'refused', 'repeated', 'accepted'])
        break
      }
      assert.ok(taken instanceof Cut, String(taken))
      assert.deepEqual(await traces(database), before, `cut at ${seen.at(-1)}`)
      cuts++
    }
    await queue.stop()
    const writes = [
      /insert into weir.receipt/,
      /insert into weir.finding/,
      /insert into weir.cluster_queue/,
      /insert into sure_key/,
    ]
    for (const write of [...writes, /insert into "?quota/, /update report/, /pgboss/, /^commit$/, /^copy stage_/])
      assert.ok(
        seen.some((text) => write.test(text)),
        `${write} among ${seen.join('; ')}`,
      )
    assert.ok(cuts >= 15, String(cuts))
    assert.deepEqual((await traces(database))['receipts'], 5)
    assert.equal((await traces(database))['jobs'], 1)
  })
})

test('failed, stored: a commit whose answer was lost is answered by the next sending, and nothing is there twice', async (t) => {
  await withDatabase(t, async (database) => {
    const desk = await openDesk(database)
    const halyard = await desk.sender('Halyard Labs')
    const report = await desk.open(halyard)
    const store = brokenStore(database.store, (text) => (text === 'commit' ? 'unheard' : 'well'))
    await assert.rejects(desk.take(halyard, mixed, { report, intake: { ...desk.intake, store } }), Cut)
    const stored = await traces(database)
    assert.equal(stored['receipts'], 5)
    const again = await desk.take(halyard, mixed, { report: await desk.open(halyard, 'another') })
    assert.deepEqual(outcomes(again), ['repeated', 'repeated', 'repeated', 'refused', 'repeated', 'repeated'])
    const { reports: _, ...rest } = await traces(database)
    const { reports: __, ...was } = stored
    assert.deepEqual(rest, was)
  })
})
