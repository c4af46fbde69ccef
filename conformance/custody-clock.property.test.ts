import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeKit } from './custody/kit.ts'
import { simulateDocket, type Tally } from './custody/simulated-docket.ts'

const DOCKETS = 1000

describe('1,000 simulated dockets', () => {
  test('no call passes after the end, whatever clocks, crashes, restarts and old files do; those that may pass do', async () => {
    const kit = await makeKit()
    const tally: Tally = { passed: 0, refused: 0, crashes: 0, restored: 0, latched: 0, damaged: 0, cut: 0 }
    for (let seed = 1; seed <= DOCKETS; seed++) await simulateDocket(seed, kit, tally)
    // The storm must have been one: each of these happened, and not once, else the test shows nothing.
    for (const [what, count] of Object.entries(tally)) assert.ok(count >= 50, `${what}: ${count}`)
  })
})
