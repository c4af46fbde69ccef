import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { DAY } from '../src/core/kernel/instant.ts'
import { CaseWorld } from '../src/devkit/case-world.ts'
import { openDoor, type TestDoor } from '../src/devkit/door.ts'
import type { Member } from '../src/devkit/members.ts'

describe('a flaw that leaves a case under embargo and comes back', () => {
  let door: TestDoor
  let world: CaseWorld
  before(async () => {
    door = await openDoor()
    world = await CaseWorld.open(door, { vendors: 2 })
  })
  after(async () => await door.close())

  test('split off and merged again, both read what they read before, and the end is the earlier one', async () => {
    const [vendor, other] = [world.vendors[0]!, world.vendors[1]!]
    const { id } = (await world.openCase([world.flaw(1), world.flaw(2)], { policy: 'cert-cc/45-days' })).row
    await world.bring(id, vendor, 'vendor')
    await world.bring(id, other, 'vendor', { flaws: [world.flaw(1)] })
    const { terms } = (await world.view(vendor, id)).embargo
    await world.act(world.coordinator, id, { do: 'split', flaws: [world.flaw(2)], why: 'Another release.' } as never)
    const child = (await world.list(world.coordinator)).rows.find((row) => row.id !== id)!.id
    assert.equal((await world.get(other, child)).status, 404)
    const sooner = { do: 'propose', endsAt: world.in(9 * DAY), policy: 'agreed/1', why: 'It cannot wait.' }
    const proposed = await world.act(world.coordinator, child, {
      party: await world.party(world.coordinator, child),
      ...sooner,
    } as never)
    const { number } = proposed.embargo.open[0]!
    const yes = { do: 'answer', party: await world.party(vendor, child), number, answer: 'accept' }
    await world.act(vendor, child, yes as never)
    const merged = await world.act(world.coordinator, id, { do: 'merge', from: child } as never)
    assert.deepEqual([merged.embargo.state, merged.embargo.terms?.endsAt], ['active', sooner.endsAt])
    assert.notEqual(terms?.endsAt, sooner.endsAt)
    const titles = async (who: Member) => (await world.view(who, id)).flaws.map(({ title }) => title).sort()
    assert.deepEqual(await titles(vendor), ['Overflow number 1', 'Overflow number 2'])
    assert.deepEqual(await titles(other), ['Overflow number 1'])
    assert.equal((await world.view(world.coordinator, child)).row.state, 'closed')
  })
})
