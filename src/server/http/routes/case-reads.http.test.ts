import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { CasePaperList } from '../../../contract/shapes/case.ts'
import type { CaseReads } from '../../../contract/shapes/case-reads.ts'
import { MINUTE } from '../../../core/kernel/instant.ts'
import { CaseWorld } from '../../../devkit/case-world.ts'
import { openDoor, type TestDoor } from '../../../devkit/door.ts'
import type { Member } from '../../../devkit/members.ts'

describe('who read what of a case', () => {
  let door: TestDoor
  let world: CaseWorld
  let id: string
  before(async () => {
    door = await openDoor()
    world = await CaseWorld.open(door)
    id = (await world.openCase([world.flaw(1)], { policy: 'cert-cc/45-days' })).row.id
  })
  after(async () => await door.close())

  const reads = async (as: Member, of = id, query = ''): Promise<CaseReads> => {
    const answer = await world.get(as, of, `/reads${query}`)
    const text = await answer.text()
    assert.equal(answer.status, 200, text)
    return JSON.parse(text) as CaseReads
  }
  const told = ({ rows }: CaseReads) => rows.map(({ number, what, title }) => [number, what, title])

  test('its coordinator sees all of it; a participant what its own people read, and no trace of others', async () => {
    const [one, hidden, invited] = world.vendors
    await world.bring(id, one!, 'vendor')
    await world.bring(id, hidden!, 'vendor')
    await world.act(hidden!, id, { do: 'hide', party: await world.party(hidden!, id), hidden: true } as never)
    await world.invite(id, invited!, 'vendor')
    assert.equal((await world.say(one!, id, 'A word to all.')).status, 201)
    const { rows } = (await (await world.get(hidden!, id, '/papers')).json()) as CasePaperList
    assert.equal((await world.get(hidden!, id, `/papers/${rows[0]!.id}`)).status, 200)
    // What is shown before content is no reading of it.
    await world.view(invited!, id)

    const own = await reads(one!)
    assert.deepEqual(told(own), [[1, 'page', null]])
    const [title] = rows.map((row) => row.title)
    assert.deepEqual(told(await reads(hidden!)), [
      [3, 'paper', title],
      [2, 'papers', null],
      [1, 'page', null],
    ])
    const all = await reads(world.coordinator)
    const parties = new Set(all.rows.map(({ party }) => party))
    assert.deepEqual(parties, new Set(['The Clearinghouse', 'Vendor 1', 'Vendor 2']))
    assert.equal(all.rows.filter(({ party }) => party === 'Vendor 2').length, 3)
    for (const trace of ['Vendor 2', 'Clearinghouse', rows[0]!.id]) assert.ok(!JSON.stringify(own).includes(trace), trace)
    for (const who of [invited!, world.stranger, null]) {
      const here = await world.get(who, id, '/reads')
      const nowhere = await world.get(who, `case_${'0'.repeat(24)}`, '/reads')
      assert.equal(here.status, nowhere.status)
      assert.equal(await here.text(), await nowhere.text())
    }
  })

  test('a page that stays open is one reading in ten minutes, and pages of the list follow each other', async () => {
    const [one] = world.vendors
    const before = (await reads(one!)).rows.length
    await world.view(one!, id)
    assert.equal((await reads(one!)).rows.length, before)
    await world.pass(11 * MINUTE)
    await world.view(one!, id)
    const first = await reads(one!, id, '?limit=1')
    assert.deepEqual([first.rows[0]?.number, first.next], [before + 1, String(before + 1)])
    const second = await reads(one!, id, `?limit=1&cursor=${first.next}`)
    assert.deepEqual([second.rows[0]?.number, second.next], [before, null])
    for (const cursor of ['x', '-1', '1e9', '9999999999'])
      assert.equal((await world.get(one!, id, `/reads?cursor=${cursor}`)).status, 400, cursor)
  })

  test('after a merge what was read of either stands in the case that is left, and closing keeps it', async () => {
    const [one, , third] = world.vendors
    const other = (await world.openCase([world.flaw(2)], { policy: 'cert-cc/45-days' })).row.id
    await world.bring(other, third!, 'vendor')
    assert.equal((await world.say(world.coordinator, other, 'Read this.')).status, 201)
    const { rows } = (await (await world.get(third!, other, '/papers')).json()) as CasePaperList
    assert.equal((await world.get(third!, other, `/papers/${rows[0]!.id}`)).status, 200)
    const [read] = (await reads(third!, other)).rows
    assert.equal(read?.title, rows[0]?.title)
    const theirs = (await reads(third!, other)).rows.length
    const mine = (await reads(one!)).rows.length
    await world.act(world.coordinator, id, { do: 'merge', from: other } as never)
    assert.deepEqual([(await reads(third!)).rows.length, (await reads(one!)).rows.length], [theirs, mine])
    assert.deepEqual(
      (await reads(third!)).rows.map(({ party }) => party),
      Array.from({ length: theirs }, () => 'Vendor 3'),
    )
    const [paper] = (await reads(third!)).rows
    assert.deepEqual([paper?.what, paper?.title], ['paper', read?.title], 'by the name that it has there')
    assert.equal((await world.get(third!, id, `/papers/${paper?.thing}`)).status, 200)
    await world.act(world.coordinator, id, { do: 'end-embargo', why: 'adversary-knows', reason: 'Seen for sale.' } as never)
    await world.act(world.coordinator, id, { do: 'close', why: '' } as never)
    const after = await reads(world.coordinator)
    assert.ok(after.rows.length > theirs + mine)
    assert.ok(after.rows.every(({ title }) => title === null))
  })
})
