import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brokenStore, Cut } from '../../../devkit/broken-store.ts'
import { type CoordinatorsDesk, granted, openCoordination } from '../../../devkit/coordination.ts'
import { crashIn, item } from '../../../devkit/desk.ts'
import { type FreshDatabase, withDatabase } from '../../../devkit/pg.ts'
import { mergeFlaws, splitFlaw } from '../flaws/group-flaws.ts'
import { groupSome } from './group-some.ts'

const HOMES = ['Halyard Labs', 'Tern Security', 'CRS Kittiwake', 'Fen Research']

async function send({ desk }: CoordinatorsDesk, home: string, ...claims: object[]): Promise<string[]> {
  desk.time.now += 1000
  const taken = await desk.take(
    await desk.sender(home),
    claims.map((claim) => item(claim)),
  )
  return taken.flatMap(({ answer }) => answer.finding ?? [])
}

const rowsOf = async <T extends object>({ owner }: FreshDatabase, query: string): Promise<T[]> =>
  (await owner.query<T>(query)).rows

/** Which findings are together, told by their order of arrival. */
async function groups(here: FreshDatabase): Promise<number[][]> {
  const rows = await rowsOf<{ flaw: string; n: number }>(
    here,
    `select m.flaw_id as flaw, (row_number() over (order by f.received_at, r.n))::int as n from weir.finding f
     join weir.receipt r on r.finding_id = f.id left join weir.member m on m.finding_id = f.id order by n`,
  )
  const together = new Map<string, number[]>()
  for (const { flaw, n } of rows) together.set(flaw, [...(together.get(flaw) ?? []), n])
  return [...together.values()]
}

const mixed = (n: number) =>
  n % 5 === 4
    ? { ...crashIn(`qr_${n % 3}`, `text ${n} about the same place`), crash: null }
    : crashIn(`qr_${n % 3}`, `report ${n} of a crash`)

test('the groups do not depend on how many are taken at a time', async (t) => {
  const seen: string[] = []
  for (const most of [1, 3, 500]) {
    await withDatabase(t, async (database) => {
      const here = await openCoordination(database)
      for (let n = 0; n < 12; n++) await send(here, HOMES[n % 4]!, mixed(n))
      assert.equal(await here.desk.group(most), 12)
      const asked = await rowsOf<{ count: number }>(here, 'select count(*)::int as count from weir.suggestion')
      seen.push(JSON.stringify([await groups(here), asked[0]!.count > 0]))
    })
  }
  assert.equal(new Set(seen).size, 1, seen.join('\n'))
  assert.ok(JSON.parse(seen[0]!)[0].length < 8, seen[0])
})

test('two workers at once group each finding once, and open no flaw twice', async (t) => {
  await withDatabase(t, async (database) => {
    const here = await openCoordination(database)
    for (let n = 0; n < 30; n++) await send(here, HOMES[n % 4]!, crashIn(`qr_${n % 3}`, `report ${n}`))
    const work = async () => {
      let all = 0
      for (let some = 1; some > 0; all += some) some = (await groupSome(here.ground, here.desk.macs, 4)).grouped
      return all
    }
    const [one, other] = await Promise.all([work(), work()])
    assert.equal(one + other, 30)
    const flaws = await rowsOf(here, 'select findings, finders from weir.flaw')
    assert.deepEqual(flaws, Array(3).fill({ findings: 10, finders: 4 }))
    assert.equal((await rowsOf(here, 'select 1 from weir.member')).length, 30)
    assert.deepEqual(await rowsOf(here, 'select 1 from weir.cluster_queue'), [])
    const [report] = await rowsOf<{ n: number }>(
      here,
      'select count(*)::int as n from weir.report where clustered <> accepted + merged + needs_info',
    )
    assert.equal(report!.n, 0)
  })
})

test('cut at any of its statements a batch leaves everything waiting; then it is grouped once', async (t) => {
  await withDatabase(t, async (database) => {
    const here = await openCoordination(database)
    await send(here, HOMES[0]!, crashIn('qr_a'))
    await here.desk.group()
    await send(here, HOMES[1]!, crashIn('qr_a'), crashIn('qr_b'), {
      ...crashIn('qr_a', 'the same place in prose'),
      crash: null,
    })
    const counts = () =>
      rowsOf(
        here,
        `select (select count(*)::int from weir.cluster_queue) waiting, (select count(*)::int from weir.member) members, (select count(*)::int from weir.flaw) flaws,
           (select count(*)::int from weir.suggestion) asked, (select count(*)::int from weir.event) events, (select sum(clustered)::int from weir.report) clustered,
           (select sum(version)::int from weir.flaw) versions, (select count(*)::int from weir.candidate_key) candidates`,
      )
    const before = await counts()
    let cuts = 0
    for (;;) {
      let n = 0
      const store = brokenStore(database.store, () => (++n === cuts + 1 ? 'lost' : 'well'))
      const grouped = await groupSome({ ...here.ground, store }, here.desk.macs, 500).catch((error: Error) => error)
      if (!(grouped instanceof Error)) break
      assert.ok(grouped instanceof Cut, grouped.stack)
      assert.deepEqual(await counts(), before)
      cuts++
    }
    assert.ok(cuts >= 12, String(cuts))
    assert.equal(await here.desk.group(), 0)
    const [after] = await rowsOf<Record<string, number>>(
      here,
      `select (select count(*)::int from weir.member) members, (select sum(clustered)::int from weir.report) clustered`,
    )
    assert.deepEqual(after, { members: 4, clustered: 4 })
  })
})

test('a question is raised once for a pair of flaws, whatever comes later', async (t) => {
  await withDatabase(t, async (database) => {
    const here = await openCoordination(database)
    await send(here, HOMES[0]!, crashIn('qr_a'))
    for (let n = 1; n < 4; n++) {
      await send(here, HOMES[n]!, { ...crashIn('qr_a', `prose ${n} about that place`), crash: null })
      await here.desk.group()
    }
    const pairs = await rowsOf<{ pair: string }>(
      here,
      `select least(flaw_a, flaw_b) || greatest(flaw_a, flaw_b) as pair from weir.suggestion`,
    )
    assert.ok(pairs.length > 0)
    assert.equal(new Set(pairs.map(({ pair }) => pair)).size, pairs.length)
    const wrong = await rowsOf(
      here,
      `select id from weir.flaw w where (need = 'decide') <> exists (select 1 from weir.suggestion where state = 'open' and w.id in (flaw_a, flaw_b))`,
    )
    assert.deepEqual(wrong, [])
  })
})

test('what a person split is not joined again by a key that both sides have', async (t) => {
  await withDatabase(t, async (database) => {
    const here = await openCoordination(database)
    const [one] = await send(here, HOMES[0]!, crashIn('qr_a', 'one'))
    const [two] = await send(here, HOMES[1]!, crashIn('qr_a', 'two'))
    await here.desk.group()
    assert.deepEqual(await groups(here), [[1, 2]])
    const flaw = (await rowsOf<{ id: string }>(here, 'select id from weir.flaw'))[0]!.id
    granted(await splitFlaw(here.ground, here.who, flaw, { findings: [two!], version: 1, why: 'another place' }))
    assert.deepEqual(await groups(here), [[1], [2]])
    await send(here, HOMES[2]!, crashIn('qr_a', 'three'))
    await here.desk.group()
    // Nobody can tell which of the two it is: it stands alone, and a person is asked about both.
    assert.deepEqual(await groups(here), [[1], [2], [3]])
    const [third] = await rowsOf<{ id: string }>(
      here,
      'select flaw_id as id from weir.member m join weir.finding f on f.id = m.finding_id order by f.received_at desc limit 1',
    )
    const page = await here.page(third!.id)
    assert.deepEqual(
      page.suggestions.map(({ state }) => state),
      ['open', 'open'],
    )
    const sides = new Set(page.suggestions.map(({ other }) => other.id))
    const homes = await rowsOf<{ id: string }>(
      here,
      `select flaw_id as id from weir.member where finding_id in ('${one}', '${two}')`,
    )
    assert.deepEqual(sides, new Set(homes.map(({ id }) => id)))
  })
})

test('the same where both sides came from one organisation', async (t) => {
  await withDatabase(t, async (database) => {
    const here = await openCoordination(database)
    await send(here, HOMES[0]!, crashIn('qr_a', 'one'))
    const [two] = await send(here, HOMES[0]!, crashIn('qr_a', 'two'))
    await here.desk.group()
    const flaw = (await rowsOf<{ id: string }>(here, 'select id from weir.flaw'))[0]!.id
    granted(await splitFlaw(here.ground, here.who, flaw, { findings: [two!], version: 1, why: '' }))
    await send(here, HOMES[2]!, crashIn('qr_a', 'three'))
    await here.desk.group()
    assert.deepEqual(await groups(here), [[1], [2], [3]])
  })
})

test('a finding that comes while its flaw is being merged ends up in the flaw that stays', async (t) => {
  await withDatabase(t, async (database) => {
    const here = await openCoordination(database)
    await send(here, HOMES[0]!, crashIn('qr_a'))
    await send(here, HOMES[0]!, crashIn('qr_b'))
    await here.desk.group()
    const [a, b] = (await rowsOf<{ id: string }>(here, 'select id from weir.flaw order by first_at')).map(({ id }) => id)
    await send(here, HOMES[1]!, crashIn('qr_b'))
    let merging: Promise<unknown> = Promise.resolve()
    const store = brokenStore(database.store, (text) => {
      if (!text.includes('insert into weir.member')) return 'well'
      merging = mergeFlaws(here.ground, here.who, { into: a!, from: b!, version: 1, why: '' }).then(granted)
      // Long enough for the merge to go through, if nothing holds it.
      return new Promise((go) => setTimeout(() => go('well'), 150))
    })
    await groupSome({ ...here.ground, store }, here.desk.macs, 500)
    await merging
    assert.deepEqual(
      await rowsOf(here, `select w.id from weir.member m join weir.flaw w on w.id = m.flaw_id where w.state <> 'open'`),
      [],
    )
    assert.equal((await here.page(a!)).row.findings, 3)
  })
})

test('what was erased meanwhile drops out and leaves nothing waiting', async (t) => {
  await withDatabase(t, async (database) => {
    const here = await openCoordination(database)
    const [gone] = await send(here, HOMES[0]!, crashIn('qr_a'))
    await send(here, HOMES[1]!, crashIn('qr_a', 'two'))
    const [slot] = await rowsOf<{ key_slot: number }>(here, `select key_slot from weir.finding where id = '${gone}'`)
    await here.keys.erase([slot!.key_slot])
    assert.equal(await here.desk.group(), 2)
    assert.deepEqual(await rowsOf(here, 'select findings, finders from weir.flaw'), [{ findings: 1, finders: 1 }])
    assert.deepEqual(await rowsOf(here, `select 1 from weir.member where finding_id = '${gone}'`), [])
    assert.deepEqual(await rowsOf(here, 'select clustered from weir.report order by received_at'), [
      { clustered: 1 },
      { clustered: 1 },
    ])
  })
})
