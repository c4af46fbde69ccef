import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { formatInstant, type Instant, parseInstant } from '../../kernel/instant.ts'
import type { ContactEvent } from './contact-history.ts'
import { CONTACT_LADDERS, contactLadder } from './contact-ladder.ts'
import { nextStep } from './next-step.ts'
import { addSpan, MONDAY_TO_FRIDAY } from './work-calendar.ts'

const at = (text: string): Instant => parseInstant(text.length === 10 ? `${text}T12:00:00Z` : text)!
const AKRITES = contactLadder('akrites', '2026-08-20')!
const event = (type: Exclude<ContactEvent['type'], 'step-taken'>, day: string): ContactEvent => ({ type, at: at(day) })
const taken = (step: string, day: string): ContactEvent => ({ type: 'step-taken', step, at: at(day) })
// 2 November 2026 is a Monday.
const SENT = event('sent', '2026-11-02')
const next = (now: string, ...history: ContactEvent[]) => {
  const step = nextStep(AKRITES, history, at(now), MONDAY_TO_FRIDAY)
  return step.waits === null ? step.because : [step.step, formatInstant(step.deadline.at).slice(0, 10), step.due]
}

describe('a contact that does not answer', () => {
  test('is reminded after 5 working days, another is tried after 10, a coordinator after 15, and then a person decides', () => {
    assert.deepEqual(next('2026-11-03', SENT), ['first', '2026-11-09', false])
    assert.deepEqual(next('2026-11-09', SENT), ['first', '2026-11-09', true])
    const first = taken('first', '2026-11-09')
    assert.deepEqual(next('2026-11-10', SENT, first), ['second', '2026-11-16', false])
    const second = taken('second', '2026-11-16')
    assert.deepEqual(next('2026-11-20', SENT, first, second), ['third', '2026-11-23', false])
    const third = taken('third', '2026-11-23')
    assert.deepEqual(next('2026-12-02', SENT, first, second, third), ['decision', '2026-12-02', true])
  })

  test('a step taken late moves the next, so that three do not come in one day', () => {
    assert.deepEqual(next('2026-12-01', SENT), ['first', '2026-11-09', true])
    assert.deepEqual(next('2026-12-01', SENT, taken('first', '2026-12-01')), ['second', '2026-12-04', false])
  })

  test('whose letter came back is not reminded: another contact is due at once', () => {
    assert.deepEqual(next('2026-11-03', SENT, event('bounced', '2026-11-03')), ['second', '2026-11-03', true])
  })

  test('the decision stays due until a person has taken it, whatever else is noted', () => {
    const all = ['first', 'second', 'third', 'decision'].map((step) => taken(step, '2026-12-01'))
    assert.equal((next('2027-06-01', SENT, ...all) as unknown[])[0], 'decision')
    assert.equal(next('2027-06-01', SENT, ...all, event('decided', '2027-01-01')), 'decided')
  })

  test('holidays of the calendar are skipped', () => {
    const calendar = { ...MONDAY_TO_FRIDAY, holidays: new Set(['2026-11-04', '2026-11-05']) }
    const step = nextStep(AKRITES, [SENT], at('2026-11-03'), calendar)
    assert.ok(step.waits !== null)
    assert.equal(formatInstant(step.deadline.at), '2026-11-11T12:00:00.000Z')
    assert.deepEqual([step.deadline.zone, step.deadline.rule], ['UTC', 'akrites/2026-08-20#first'])
  })
})

describe('the ladder stops', () => {
  test('before anything was sent, and once somebody answered', () => {
    assert.equal(next('2026-11-03'), 'not-contacted')
    assert.equal(next('2026-11-10', SENT, event('answered', '2026-11-05')), 'answered')
    assert.deepEqual(next('2026-11-04', event('answered', '2026-11-05'), SENT), ['first', '2026-11-09', false])
  })

  test('and starts anew with a letter after the answer, not with a reminder before it', () => {
    const answered = event('answered', '2026-11-05')
    assert.deepEqual(next('2026-11-17', SENT, answered, event('sent', '2026-11-16')), ['first', '2026-11-23', false])
    assert.deepEqual(next('2026-11-17', SENT, event('sent', '2026-11-06')), ['first', '2026-11-09', true])
  })
})

describe('a question', () => {
  const asked = event('question', '2026-11-05')

  test('has a clock of its own while the other stands still, and ends in a decision too', () => {
    assert.deepEqual(next('2026-11-06', SENT, event('answered', '2026-11-04'), asked), ['ask-again', '2026-11-12', false])
    const again = taken('ask-again', '2026-11-12')
    assert.deepEqual(next('2026-11-20', SENT, asked, again), ['ask-other', '2026-11-19', true])
    assert.deepEqual(next('2026-11-30', SENT, asked, again, taken('ask-other', '2026-11-20')), [
      'info-decision',
      '2026-11-27',
      true,
    ])
  })

  test('is over when it is answered; a mere sign of life does not answer it', () => {
    const alive = event('answered', '2026-11-10')
    assert.deepEqual(next('2026-11-20', SENT, asked, alive), ['ask-again', '2026-11-12', true])
    assert.equal(next('2026-11-20', SENT, asked, alive, event('question-answered', '2026-11-11')), 'answered')
    assert.equal(next('2026-11-20', SENT, asked, alive, event('decided', '2026-11-11')), 'decided')
  })

  test('to somebody else does not make a silent contact one that answered', () => {
    const done = event('question-answered', '2026-11-06')
    assert.deepEqual(next('2026-11-10', SENT, asked, done), ['first', '2026-11-09', true])
    assert.deepEqual(next('2026-11-10', SENT, asked, event('decided', '2026-11-06')), ['first', '2026-11-09', true])
  })
})

describe('working days', () => {
  const plus = (from: string, count: number) =>
    formatInstant(addSpan(at(from), { count, unit: 'working-days' }, MONDAY_TO_FRIDAY))

  test('keep the hour and skip weekends', () => {
    assert.equal(plus('2026-11-06T17:00:00Z', 5), '2026-11-13T17:00:00.000Z')
    assert.equal(plus('2026-11-07T09:30:00Z', 1), '2026-11-09T09:30:00.000Z')
    assert.equal(plus('2026-11-06T17:00:00Z', 0), '2026-11-06T17:00:00.000Z')
  })

  test('come to an end also where nobody ever works, and at the end of time', () => {
    const never = { weekend: [0, 1, 2, 3, 4, 5, 6], holidays: new Set<string>() }
    assert.equal(
      formatInstant(addSpan(at('2026-11-02'), { count: 2, unit: 'working-days' }, never)),
      '2027-01-03T12:00:00.000Z',
    )
    const late = 8_639_999_999_999_999 as Instant
    assert.equal(addSpan(late, { count: 9, unit: 'working-days' }, never), late)
  })
})

test('every ladder rises, and its last step and no other is a person’s decision', () => {
  for (const { silence, question } of CONTACT_LADDERS) {
    assert.deepEqual(
      silence.map(({ does }) => does === 'decision'),
      silence.map((_, n) => n === silence.length - 1),
    )
    assert.equal(question.at(-1)?.does, 'info-decision')
    for (const steps of [silence, question]) {
      const dues = steps.map(({ after }) => addSpan(at('2026-11-02'), after, MONDAY_TO_FRIDAY))
      assert.deepEqual(
        dues,
        dues.toSorted((a, b) => a - b),
      )
      assert.equal(new Set(steps.map(({ id }) => id)).size, steps.length)
    }
  }
})
