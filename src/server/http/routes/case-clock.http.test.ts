import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { SECOND } from '../../../core/kernel/instant.ts'
import { CaseWorld } from '../../../devkit/case-world.ts'
import { openDoor, type TestDoor } from '../../../devkit/door.ts'
import { databaseClock } from '../../app/cases/case-desk.ts'
import { nextCaseDue, sweepCases } from '../../app/cases/sweep-cases.ts'
import { sleepUntilDue } from '../../jobs/due-sleeper.ts'
import { Ear } from '../../jobs/ear.ts'
import { CASES_DUE } from '../../store/case.ts'

describe('the clock of cases, in real time', () => {
  let door: TestDoor
  let world: CaseWorld
  before(async () => {
    door = await openDoor()
    world = await CaseWorld.open(door)
    Object.defineProperty(door.time, 'now', { get: () => Date.now(), set: () => {} })
  })
  after(async () => await door.close())

  test('each embargo ends within a second after its end, and none before it', async () => {
    const desk = { ...door.desks.cases, secondClock: databaseClock }
    const errors: unknown[] = []
    const ear = new Ear(door.ground.store)
    const sleeper = sleepUntilDue(
      ear,
      { channel: CASES_DUE, clock: desk.clock, next: () => nextCaseDue(desk), work: () => sweepCases(desk) },
      (error) => errors.push(error),
    )
    try {
      const ends = new Map<string, number>()
      for (const [n, ms] of [4500, 3700, 4100].entries()) {
        const { row, you } = await world.openCase([world.flaw(n + 1)])
        const endsAt = Date.now() + ms
        const offer = { endsAt: new Date(endsAt).toISOString(), policy: 'agreed/1', why: 'Soon.' }
        await world.act(world.coordinator, row.id, { do: 'propose', party: you[0], ...offer } as never)
        await world.bring(row.id, world.vendors[n]!, 'vendor')
        ends.set(row.id, endsAt)
      }
      const ended = async (id: string) => (await world.view(world.coordinator, id)).embargo.ended
      const last = Math.max(...ends.values())
      while (Date.now() < last + 1500) await new Promise((resolve) => setTimeout(resolve, 100))
      for (const [id, end] of ends) {
        const at = Date.parse((await ended(id))?.at ?? '')
        assert.ok(at >= end && at <= end + SECOND, `${at - end} ms after its end`)
      }
      assert.deepEqual(errors, [])
    } finally {
      await sleeper.stop()
      await ear.close()
    }
  })
})
