import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DAY, HOUR } from '../../../core/kernel/instant.ts'
import { countSteps, medianHours } from './count-steps.ts'
import { cutFunnel, exactFunnel } from './cut-funnel.ts'
import type { FlawRoad, FunnelCount, FunnelStep } from './funnel-step.ts'

const road = (held: string | null, ...took: [FunnelStep, number | null][]): FlawRoad => ({ took: new Map(took), held })

test('each flaw counts at every step it took, and is held once, before the first that it did not', () => {
  const steps = countSteps([
    road('no answer yet', ['found', 0], ['in-a-case', 2 * HOUR], ['sent', 5 * HOUR]),
    // Public without ever having been sent: no step is made up.
    road('nobody was written to', ['found', 0], ['in-a-case', 4 * HOUR], ['public', 10 * HOUR]),
    road(null, ['found', 0], ['in-a-case', HOUR], ['sent', null], ['accepted', 9 * HOUR]),
  ])
  const by = new Map(steps.map((one) => [one.step, one]))
  assert.deepEqual(
    steps.map(({ step, flaws }) => [step, flaws]),
    [
      ['in-a-case', 3],
      ['sent', 2],
      ['accepted', 1],
      ['fixed', 0],
      ['public', 1],
      ['deployed', 0],
    ],
  )
  assert.equal(by.get('in-a-case')?.medianHours, 2)
  assert.deepEqual([by.get('sent')?.medianHours, by.get('sent')?.timed], [3, 1])
  assert.equal(by.get('accepted')?.medianHours, 8, 'from the last step whose instant is known')
  assert.deepEqual(by.get('sent')?.held, [{ why: 'nobody was written to', flaws: 1 }])
  assert.deepEqual(by.get('accepted')?.held, [{ why: 'no answer yet', flaws: 1 }])
  assert.deepEqual(by.get('fixed')?.held, [])
})

test('a median of an even number lies between, of none there is none', () => {
  assert.equal(medianHours([3 * HOUR, HOUR, 2 * HOUR, 10 * HOUR]), 2.5)
  assert.equal(medianHours([]), null)
})

const steps: FunnelCount['steps'] = [
  { step: 'found', flaws: 213, medianHours: null, timed: 0, held: [] },
  { step: 'confirmed', flaws: 38, medianHours: 7.4, timed: 38, held: [] },
  {
    step: 'sent',
    flaws: 26,
    medianHours: 30.2,
    timed: 4,
    held: [
      { why: 'a', flaws: 17 },
      { why: 'b', flaws: 13 },
      { why: 'c', flaws: 2 },
    ],
  },
  { step: 'public', flaws: 3, medianHours: 100, timed: 3, held: [] },
  { step: 'deployed', flaws: 0, medianHours: null, timed: 0, held: [] },
]
const missed: FunnelCount['missed'] = [
  { whose: 'ours', what: 'x', of: 40, missed: 12, longestHours: 25 },
  { whose: 'others', what: 'y', of: 40, missed: 1, longestHours: 25 },
]

test('everyone reads no small count, no median over a few, and nothing that a subtraction would tell', () => {
  const cut = cutFunnel({ at: DAY, steps, missed })
  const shown = cut.steps.map(({ flaws }) => flaws)
  assert.deepEqual(shown, [210, 35, 25, null, null])
  assert.deepEqual(
    cutFunnel({ at: DAY, steps: steps.map((one) => ({ ...one, flaws: one.flaws + 1 })), missed }).steps.map(
      ({ flaws }) => flaws,
    ),
    shown,
    'one flaw more is not seen',
  )
  assert.equal(cut.steps[1]?.medianHours, 7)
  assert.equal(cut.steps[2]?.medianHours, null)
  assert.ok(!JSON.stringify(cut).includes('"c"'), 'a reason nearly nobody stands for is not named')
  assert.deepEqual(cut.missed, [
    { whose: 'ours', what: 'x', of: 40, missed: 10, longestHours: 48 },
    { whose: 'others', what: 'y', of: 40, missed: null, longestHours: null },
  ])
})

test('coordination reads every count as it is', () => {
  const exact = exactFunnel({ at: DAY, steps, missed })
  assert.deepEqual(
    exact.steps.map(({ flaws }) => flaws),
    [213, 38, 26, 3, 0],
  )
  assert.equal(exact.missed[1]?.missed, 1)
  assert.equal(exact.steps[2]?.held.length, 3)
})
