import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { storyStep, tellStory } from '../../../devkit/obligation-story.ts'

const RUNS = 5_000

test('whatever happens in whatever order, no clock starts again and nothing opens, moves or goes without a reason', async () => {
  let owed = 0
  await fc.assert(
    fc.asyncProperty(fc.array(storyStep, { minLength: 1, maxLength: 24 }), async (steps) => {
      owed += await tellStory(steps)
    }),
    { numRuns: RUNS },
  )
  assert.ok(owed > RUNS, `${owed} obligations in ${RUNS} histories`)
})
