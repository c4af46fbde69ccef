import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { CasePaperList } from '../../../contract/shapes/case.ts'
import { DAY } from '../../../core/kernel/instant.ts'
import { CaseWorld } from '../../../devkit/case-world.ts'
import { openDoor, type TestDoor } from '../../../devkit/door.ts'
import type { Member } from '../../../devkit/members.ts'

describe('cases that merge and split', () => {
  let door: TestDoor
  let world: CaseWorld
  before(async () => {
    door = await openDoor()
    world = await CaseWorld.open(door)
  })
  after(async () => await door.close())

  const flawsRead = async (who: Member, id: string) => (await world.view(who, id)).flaws.map(({ title }) => title).sort()
  const said = async (who: Member, id: string) =>
    ((await (await world.get(who, id, '/papers')).json()) as CasePaperList).rows.map(({ text }) => text)

  test('a merge takes flaws, people and papers over; the earliest end holds; nobody reads what they did not read', async () => {
    const [one, two, three] = world.vendors
    const here = (await world.openCase([world.flaw(1)], { policy: 'cert-cc/45-days' })).row.id
    const there = (await world.openCase([world.flaw(2)], { policy: 'akrites' })).row.id
    await world.bring(here, one!, 'vendor')
    await world.bring(here, two!, 'vendor')
    await world.bring(there, two!, 'vendor')
    const early = world.in(20 * DAY)
    const chair = (await world.view(world.coordinator, there)).you[0]!
    const proposed = { do: 'propose', party: chair, endsAt: early, policy: 'agreed/1', why: 'A release is planned.' }
    await world.act(world.coordinator, there, proposed as never)
    await world.bring(there, three!, 'vendor')
    assert.equal((await world.say(three!, there, 'About the second flaw.')).status, 201)
    assert.equal((await world.say(one!, here, 'About the first flaw.')).status, 201)
    const end = (await world.view(world.coordinator, there)).embargo.terms?.endsAt

    const taken = await world.try(one!, here, { do: 'merge', from: there })
    assert.equal(taken.status, 400, 'only who coordinates both')
    const merged = await world.act(world.coordinator, here, { do: 'merge', from: there } as never)
    assert.equal(merged.flaws.length, 2)
    assert.equal(merged.embargo.terms?.endsAt, end)
    assert.equal(end, early)
    assert.deepEqual(await flawsRead(one!, here), ['Overflow number 1'])
    // Read the second flaw before an embargo bound, and has not agreed to it since: neither there nor here.
    assert.deepEqual(await flawsRead(two!, here), ['Overflow number 1'])
    assert.deepEqual(await flawsRead(three!, here), ['Overflow number 2'])
    assert.deepEqual(await said(one!, here), ['About the first flaw.'])
    assert.deepEqual(await said(three!, here), ['About the second flaw.'])
    assert.deepEqual((await said(world.coordinator, here)).sort(), ['About the first flaw.', 'About the second flaw.'])
    for (const who of [three!, world.coordinator]) {
      const gone = await world.get(who, there)
      if (gone.status !== 200) continue
      assert.equal(((await gone.json()) as { row: { state: string } }).row.state, 'closed')
    }
    const { rows } = await door.database.owner.query(
      `select count(*) filter (where receipt is not null)::int as receipts from weir.case_file where stage = 'closed'`,
    )
    assert.equal(rows[0].receipts, 1)
    const again = await world.tryOpen({ flaws: [world.flaw(2)] })
    assert.ok(((await again.json()) as { detail: string }).detail.includes(here), 'the flaw is in the case that took it')
  })

  test('a split takes flaws out with the end that was agreed on; papers about them stay with who read them', async () => {
    const [one, , three] = world.vendors
    const here = (await world.list(world.coordinator)).rows.find(({ state }) => state === 'open')!.id
    assert.equal((await world.say(world.coordinator, here, 'About both flaws.')).status, 201)
    const before = await world.view(world.coordinator, here)
    assert.equal(
      (await world.try(world.coordinator, here, { do: 'split', flaws: before.flaws.map(({ id }) => id), why: 'x' })).status,
      409,
    )
    await world.act(world.coordinator, here, { do: 'split', flaws: [world.flaw(2)], why: 'Another release.' } as never)
    const [child] = (await world.list(world.coordinator)).rows.filter(({ state, id }) => state === 'open' && id !== here)
    assert.equal(child?.endsAt, before.row.endsAt)
    assert.deepEqual(await flawsRead(one!, here), ['Overflow number 1'])
    assert.deepEqual(await flawsRead(three!, child!.id), ['Overflow number 2'])
    assert.equal((await world.get(one!, child!.id)).status, 404)
    assert.ok(!(await said(one!, here)).includes('About both flaws.'))
    assert.ok((await said(world.coordinator, here)).includes('About both flaws.'))
    const wanted = { do: 'propose', party: (await world.view(world.coordinator, child!.id)).you[0]!, policy: 'agreed/1' }
    const early = await world.try(world.coordinator, child!.id, { ...wanted, endsAt: world.in(9 * DAY), why: '' })
    assert.equal(((await early.json()) as { where: string }).where, 'embargo.weighing-needed')
    const weighed = { ...wanted, endsAt: world.in(9 * DAY), why: 'It tells nothing of the other.' }
    await world.act(world.coordinator, child!.id, weighed as never)
    await world.act(three!, child!.id, {
      do: 'answer',
      party: await world.party(three!, child!.id),
      number: await newest(child!.id),
      answer: 'accept',
    } as never)
    const lines = JSON.stringify(await (await world.get(world.coordinator, here, '/timeline')).json())
    assert.match(lines, /case of the same family/)
  })

  async function newest(id: string): Promise<number> {
    const { embargo } = await world.view(world.coordinator, id)
    return Math.max(...embargo.open.map(({ number }) => number))
  }
})

describe('strangers', () => {
  let door: TestDoor
  let world: CaseWorld
  before(async () => {
    door = await openDoor()
    world = await CaseWorld.open(door)
  })
  after(async () => await door.close())

  const REST = ['', '/papers', '/timeline', '/reads', '/receipt', '/proof', `/papers/doc_${'0'.repeat(24)}`]

  test('who takes no part, has left, or was taken out gets byte for byte what there is of a case that does not exist', async () => {
    const [left, out, declined] = world.vendors
    const { id } = (await world.openCase([world.flaw(1)], { policy: 'cert-cc/45-days' })).row
    for (const one of [left!, out!]) await world.bring(id, one, 'vendor')
    await world.invite(id, declined!, 'vendor')
    const reproducer = (await world.view(left!, id)).flaws[0]!.reproducers[0]!.id
    const participant = await world.party(out!, id)
    const gone = await world.leave(left!, id)
    assert.deepEqual([gone.status, await gone.json()], [200, { gone: true }])
    await world.act(world.coordinator, id, { do: 'remove', participant, why: 'Told others.' } as never)
    const decline = { do: 'decline', party: await world.party(declined!, id) }
    assert.equal((await world.try(declined!, id, decline)).status, 200)
    // A late yes is honoured while the terms stand, so the invitation stays; no more than that.
    assert.equal((await world.view(declined!, id)).row.reads, 'invitation')
    const colleague = await world.colleague(world.finders[1]!, 'finder')
    const inspector = await world.colleague(world.coordinator, 'inspector')
    const absent = `cas_${'0'.repeat(24)}`
    for (const who of [left!, out!, world.stranger, world.finders[0]!, colleague, inspector]) {
      for (const rest of [...REST, `/reproducers/${reproducer}`]) {
        const [hidden, none] = [await world.get(who, id, rest), await world.get(who, absent, rest)]
        assert.deepEqual([hidden.status, await hidden.text()], [404, await none.text()], rest)
        assert.deepEqual([...hidden.headers], [...none.headers], rest)
      }
      for (const [path, body] of [
        ['/acts', { version: 1, act: decline }],
        ['/papers', { text: 'hello' }],
      ] as const) {
        const ask = (of: string) =>
          door.ask('POST', `/v1/cases/${of}${path}`, { as: who.as, body, headers: { 'content-type': 'application/json' } })
        const [hidden, none] = [await ask(id), await ask(absent)]
        assert.deepEqual([hidden.status, await hidden.text()], [404, await none.text()], path)
      }
      const list = await door.ask('GET', '/v1/cases', { as: who.as })
      if (list.status === 200) assert.deepEqual(((await list.json()) as { rows: unknown[] }).rows, [])
      else assert.equal(list.status, 404)
    }
    assert.equal((await world.get(null, id)).status, 401)
  })

  test('of a stranger’s question nothing is opened, so that it takes the time of one about nothing', async () => {
    const { id } = (await world.list(world.coordinator)).rows[0]!
    const { keys } = door.ground
    const held = keys.get
    let opened = 0
    keys.get = (slots) => {
      opened++
      return held.call(keys, slots)
    }
    try {
      assert.equal((await world.get(world.stranger, id)).status, 404)
      assert.equal(opened, 0)
      await world.view(world.coordinator, id)
      assert.ok(opened > 0)
    } finally {
      keys.get = held
    }
  })

  test('its own findings tell a finder nothing of a case', async () => {
    const finder = world.finders[1]!
    const lists = async () => await (await door.ask('GET', '/v1/findings', { as: finder.as })).text()
    const before = await lists()
    await world.openCase([world.flaw(2)], { policy: 'cert-cc/45-days' })
    assert.equal(await lists(), before)
  })

  test('two coordinators that open a case about one flaw at once get one case', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => world.tryOpen({ flaws: [world.flaw(3)] })))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409, 409])
  })

  test('nothing of a case stands in the clear in any row', async () => {
    const { id } = (await world.list(world.coordinator)).rows.find(({ title }) => title === 'Overflow number 2')!
    await world.say(world.coordinator, id, 'A marker nobody may find: zebra-crossing.')
    const tables = ['case_file', 'case_flaw', 'case_party', 'case_entry', 'case_paper', 'case_read', 'event']
    for (const table of tables) {
      const { rows } = await door.database.owner.query(`select count(*)::int as n from weir.${table} t where t::text ~ $1`, [
        `zebra|Overflow number|${Buffer.from('zebra').toString('hex')}|secret words`,
      ])
      assert.equal(rows[0].n, 0, table)
    }
    const { rows } = await door.ground.store.pool.query('select count(*)::int as n from case_file')
    assert.equal(rows[0].n, 0, 'below the policy the net is shut')
  })
})
