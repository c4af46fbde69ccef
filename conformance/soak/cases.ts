// Cases: 20,000 simulated over the machines and 1,000 over the records (crashes, restarts, merges, splits, clocks that lie).
import type { Id } from '../../src/core/kernel/id.ts'
import { openDoor } from '../../src/devkit/door.ts'
import { MemoryHouse } from '../case-story/memory-house.ts'
import { emptyTally, simulateCase } from '../case-story/simulated-case.ts'
import { liveOverStore, peopleOfWalks } from '../case-story/store-lives.ts'

const CASES = Number(process.env['CASES_CORE'] ?? 20_000)
const STORED = Number(process.env['CASES_STORED'] ?? 1000)
const SEED = Number(process.env['CASES_SEED'] ?? 1_000_000)

const core = emptyTally()
const caseId = (name: string) => `cas_${name}` as Id<'case'>
for (let n = 0; n < CASES; n++)
  await simulateCase(
    { seed: SEED + n, steps: 60, crowd: 0.6, tag: '', caseId, house: async (clocks) => new MemoryHouse(clocks) },
    core,
  )
console.log(`${CASES} cases over the machines: ${JSON.stringify(core)}`)
const door = await openDoor()
const stored = emptyTally()
try {
  await peopleOfWalks(door)
  for (let n = 0; n < STORED; n++) await liveOverStore(door, [SEED + n], 25, stored)
} finally {
  await door.close()
}
console.log(`${STORED} cases over the records: ${JSON.stringify(stored)}`)
console.log('passed: no illegal state, no read before consent, no end unnoticed for a second of service time')
