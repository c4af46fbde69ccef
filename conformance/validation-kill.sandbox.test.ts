import assert from 'node:assert/strict'
import { test } from 'node:test'
import { storm } from './validation/kills.ts'

test('kill -9 of runner, sandbox process and server at a dozen moments: every validation ends exactly once', async (t) => {
  const calm = await storm({ jobs: 8, kills: 5, seed: 7, tell: (line) => t.diagnostic(line) })
  assert.ok(calm.done >= 8, JSON.stringify(calm))
  assert.ok(
    Object.values(calm.killed).every((count) => count > 0),
    JSON.stringify(calm),
  )
})
