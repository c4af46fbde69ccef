import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Asker, CaseCommand } from '../src/core/cases/case-command.ts'
import { termsAsked } from '../src/core/cases/roster.ts'
import type { Id } from '../src/core/kernel/id.ts'
import { caseAsker } from '../src/devkit/case-play.ts'
import type { CaseHouse, Clocks, Crash, Told } from './case-story/case-house.ts'
import { MemoryHouse } from './case-story/memory-house.ts'
import { emptyTally, simulateCase } from './case-story/simulated-case.ts'

const CASES = 1000
const caseId = (name: string) => `cas_${name}` as Id<'case'>

async function simulate(seeds: number, house: (clocks: Clocks) => CaseHouse) {
  const tally = emptyTally()
  for (let seed = 1; seed <= seeds; seed++)
    await simulateCase({ seed, steps: 20, crowd: 0.6, tag: '', caseId, house: async (clocks) => house(clocks) }, tally)
  return tally
}

/** Never notices an end by itself. */
class Sleepy extends MemoryHouse {
  override async run(milliseconds: number, pass: (milliseconds: number) => void): Promise<void> {
    pass(milliseconds)
  }
}

/** Says yes for whoever is invited. */
class Eager extends MemoryHouse {
  override async tell(id: Id<'case'>, asker: Asker, command: CaseCommand, crash: Crash): Promise<Told> {
    const told = await super.tell(id, asker, command, crash)
    if (command.do !== 'invite' || !told.ok) return told
    const { participant } = command
    const terms = termsAsked((await this.stored(id)).case)
    await super.tell(id, caseAsker(participant.slice(4)), { do: 'accept-invitation', participant, terms }, null)
    return told
  }
}

/** Forgets what it was told just before it dies. */
class Forgetful extends MemoryHouse {
  override async restart(): Promise<void> {
    this.forgetNewest()
  }
}

describe('1,000 simulated cases', () => {
  test('whatever is asked, crashes and jumps: no illegal state, no read before consent, no end unnoticed for a second', async () => {
    const tally = await simulate(CASES, (clocks) => new MemoryHouse(clocks))
    // The storm must have been one.
    for (const [what, count] of Object.entries(tally)) assert.ok(count >= 200, `${what}: ${count}`)
  })

  test('the simulation sees a sweeper that sleeps, a yes that nobody gave, and a record that was lost', async () => {
    await assert.rejects(
      simulate(60, (clocks) => new Sleepy(clocks)),
      /an end passed unnoticed/,
    )
    await assert.rejects(
      simulate(60, (clocks) => new Eager(clocks)),
      /never agreed to|promised nothing/,
    )
    await assert.rejects(
      simulate(60, (clocks) => new Forgetful(clocks)),
      /what was on record is lost/,
    )
  })
})
