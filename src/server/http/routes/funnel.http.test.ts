import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { FunnelOut } from '../../../contract/shapes/case.ts'
import { DAY, HOUR } from '../../../core/kernel/instant.ts'
import { CaseWorld } from '../../../devkit/case-world.ts'
import type { Credential } from '../../../devkit/door.ts'
import { openDoor, type TestDoor } from '../../../devkit/door.ts'
import { takeFunnel } from '../../app/funnel/take-funnel.ts'

describe('the funnel', () => {
  let door: TestDoor
  let world: CaseWorld
  let id: string
  before(async () => {
    door = await openDoor()
    world = await CaseWorld.open(door)
    await takeFunnel(door.desks.cases)
    await world.pass(DAY)
    id = (await world.openCase([world.flaw(1)])).row.id
    await world.pass(HOUR)
    const vendor = world.vendors[0]!
    await world.bring(id, vendor, 'vendor')
    const party = await world.party(vendor, id)
    await world.pass(2 * HOUR)
    for (const to of ['valid', 'accepted']) await world.act(vendor, id, { do: 'report', party, to } as never)
    await world.pass(3 * HOUR)
    await world.act(vendor, id, { do: 'step', party, flaw: world.flaw(1), step: 'fix-ready' } as never)
  })
  after(async () => await door?.close())

  const read = async (as: Credential): Promise<FunnelOut> =>
    (await (await door.ask('GET', '/v1/funnel', { as })).json()) as FunnelOut
  const counts = ({ steps }: FunnelOut) => Object.fromEntries(steps.map(({ step, flaws }) => [step, flaws]))

  test('is never live: what happened since the last count is not told', async () => {
    const before = await read(world.coordinator.as)
    assert.deepEqual([counts(before)['found'], counts(before)['in-a-case']], [3, 0])
    assert.ok(Date.parse(before.asOf) < door.time.now - DAY)
  })

  test('counts each flaw from the records, with medians and with what it waits for', async () => {
    await takeFunnel(door.desks.cases)
    const now = await read(world.coordinator.as)
    assert.deepEqual(counts(now), {
      found: 3,
      confirmed: 0,
      'in-a-case': 1,
      sent: 1,
      accepted: 1,
      fixed: 1,
      public: 0,
      deployed: 0,
    })
    const hours = now.steps.slice(2, 6).map(({ medianHours }) => Math.round(medianHours ?? -1))
    assert.deepEqual(hours, [24, 1, 2, 3])
    const held = (step: string) => now.steps.find((one) => one.step === step)?.held
    assert.deepEqual(held('public'), [{ why: 'no advisory yet; a coordinator’s turn', flaws: 1 }])
    assert.deepEqual(held('in-a-case'), [{ why: 'in no case yet; a coordinator decides', flaws: 2 }])
    assert.deepEqual(held('confirmed')?.[0]?.flaws, 3)
    assert.deepEqual(
      now.missed.find(({ what }) => what.startsWith('invitation')),
      { whose: 'others', what: 'invitation answered by its day', of: 1, missed: 0, longestHours: null },
    )
  })

  test('tells a stranger, a finder and a vendor of the case nothing about so few', async () => {
    for (const as of [null, world.finders[0]!.as, world.vendors[0]!.as]) {
      const told = await read(as)
      assert.deepEqual(new Set(told.steps.map(({ flaws }) => flaws)), new Set([null]))
      assert.ok(told.steps.every(({ held, medianHours }) => held.length === 0 && medianHours === null))
      assert.ok(told.missed.every(({ of, missed }) => of === null && missed === null))
    }
  })

  test('still counts a case that was closed and erased', async () => {
    const vendor = world.vendors[0]!
    const party = await world.party(vendor, id)
    await world.act(vendor, id, { do: 'step', party, flaw: world.flaw(1), step: 'deployed', share: 1 } as never)
    await world.try(world.coordinator, id, { do: 'close', why: 'all is done' })
    await takeFunnel(door.desks.cases)
    const now = counts(await read(world.coordinator.as))
    assert.deepEqual([now['in-a-case'], now['accepted'], now['fixed'], now['deployed']], [1, 1, 1, 1])
  })
})
