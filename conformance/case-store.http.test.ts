import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { openDoor, type TestDoor } from '../src/devkit/door.ts'
import { emptyTally } from './case-story/simulated-case.ts'
import { liveOverStore, peopleOfWalks } from './case-story/store-lives.ts'

const CASES = 100

describe('100 simulated cases over the records', () => {
  let door: TestDoor
  before(async () => {
    door = await openDoor()
    await peopleOfWalks(door)
  })
  after(async () => await door.close())

  test('whatever is asked, cut and jumps: what stands is what was decided, ends are noticed, and doors show the consented', async () => {
    const tally = emptyTally()
    const seeds = Array.from({ length: CASES }, (_, n) => 10_001 + n)
    await liveOverStore(door, seeds, 6, tally)
    for (const [what, count] of Object.entries(tally)) assert.ok(count >= CASES / 10, `${what}: ${count}`)
  })
})
