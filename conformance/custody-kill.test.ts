import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { seeded } from '../bench/shapes.ts'
import { killStorm } from './custody/kill-storm.ts'

describe('a custodian that is killed again and again', () => {
  test('lets no call through after the end, and has every call in its log', async (t) => {
    const storm = await killStorm(4000, seeded(11), (line) => t.diagnostic(line))
    assert.ok(storm.kills >= 2, `${storm.kills} kills`)
  })
})
