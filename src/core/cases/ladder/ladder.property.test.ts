import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { DAY, type Instant, instant } from '../../kernel/instant.ts'
import type { ContactEvent } from './contact-history.ts'
import { CONTACT_LADDERS } from './contact-ladder.ts'
import { nextStep } from './next-step.ts'
import { addSpan, MONDAY_TO_FRIDAY } from './work-calendar.ts'

const T0 = 1_793_000_000_000
const at = fc.integer({ min: 0, max: 200 * 24 }).map((hour) => instant(T0 + (hour * DAY) / 24))
const ids = CONTACT_LADDERS.flatMap(({ silence, question }) => [...silence, ...question].map(({ id }) => id))
const event: fc.Arbitrary<ContactEvent> = fc.oneof(
  fc.record({
    type: fc.constantFrom('sent', 'bounced', 'answered', 'question', 'question-answered', 'decided') as fc.Arbitrary<'sent'>,
    at,
  }),
  fc.record({ type: fc.constant('step-taken' as const), step: fc.constantFrom(...ids), at }),
)
const history = fc.array(event, { maxLength: 14 })
const ladder = fc.constantFrom(...CONTACT_LADDERS)

test('whatever happened in whatever order: the order of notes changes nothing, and no step is due before its time', () => {
  const noted = history.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })))
  fc.assert(
    fc.property(ladder, noted, at, (ladder, [all, other], now) => {
      const step = nextStep(ladder, all, now, MONDAY_TO_FRIDAY)
      assert.deepEqual(nextStep(ladder, other, now, MONDAY_TO_FRIDAY), step)
      if (step.waits === null) return
      const rule = [...ladder.silence, ...ladder.question].find(({ id }) => id === step.step)!
      const bounced = all.some(({ type }) => type === 'bounced')
      if (!bounced) assert.ok(step.deadline.at >= addSpan(step.since, rule.after, MONDAY_TO_FRIDAY))
      assert.ok(step.deadline.at >= step.since)
      assert.equal(step.due, now >= step.deadline.at)
      assert.equal(step.decides, step.does === 'decision' || step.does === 'info-decision')
      assert.equal(/publish/i.test(step.proposes), step.does === 'decision')
    }),
    { numRuns: 2000 },
  )
})

test('steps taken when they are due come in the ladder’s order, apart, and end with the decision', () => {
  fc.assert(
    fc.property(ladder, fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 8, maxLength: 8 }), (ladder, delays) => {
      const history: ContactEvent[] = [{ type: 'sent', at: instant(T0) }]
      let before: Instant | null = null
      const seen: string[] = []
      for (const delay of delays) {
        const far = instant(T0 + 2_000 * DAY)
        const step = nextStep(ladder, history, far, MONDAY_TO_FRIDAY)
        assert.ok(step.waits === 'silence')
        if (before !== null) assert.ok(step.deadline.at >= before)
        seen.push(step.step)
        if (step.decides) break
        before = instant(step.deadline.at + delay * DAY)
        history.push({ type: 'step-taken', step: step.step, at: before })
      }
      assert.deepEqual(
        seen,
        ladder.silence.map(({ id }) => id),
      )
    }),
    { numRuns: 300 },
  )
})
