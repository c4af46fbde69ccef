import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeActions } from '../../../devkit/fake-exposure-cast.ts'
import {
  dueWords,
  endOfDay,
  inputValue,
  nextStep,
  plainInstants,
  ruleWords,
  sayAction,
  sayMore,
  sayNeeds,
  shortName,
} from './words.ts'

const NOW = Date.parse('2026-11-19T14:20:00Z')
const action = fakeActions()[1]!

test('a component is called by what people call it', () => {
  assert.equal(shortName('pkg:npm/%40brackwater/mq'), '@brackwater/mq')
  assert.equal(shortName('pkg:maven/org.opensluice/agent'), 'org.opensluice/agent')
  assert.equal(shortName('pkg:generic/libquarry?arch=x86'), 'libquarry')
  assert.equal(shortName('Kestrel Infusion Manager'), 'Kestrel Infusion Manager')
  assert.equal(shortName('pkg:npm/%E0%A4%A'), '%E0%A4%A')
})

test('an action is one sentence that says what to do', () => {
  assert.equal(
    sayAction({ ...action, component: 'pkg:generic/mq', from: ['5.0.3', '5.0.4'], to: '5.0.7' }),
    'Update mq 5.0.3, 5.0.4 to 5.0.7',
  )
  assert.equal(sayAction({ ...action, do: 'retire', component: 'pkg:generic/mq' }), 'Leave mq: nobody mends it any more')
  assert.match(sayAction({ ...action, do: 'replace', component: 'pkg:generic/mq' }), /^Replace the device that runs mq/)
  const steps = fakeActions()[0]!.triage
  assert.equal(
    sayAction({ ...action, do: 'triage', component: 'pkg:generic/mq', triage: steps }),
    'Save memory and logs before you patch mq',
  )
  const done = steps.map((one) => ({ ...one, doneAt: one.doneAt ?? '2026-11-19T10:00:00Z' }))
  assert.equal(nextStep(done), null)
})

test('the second line counts flaws, attacks and what is left', () => {
  const flaw = { ...action.flaws[0]!, exploited: false }
  assert.equal(sayMore({ ...action, flaws: [flaw], done: 0 }), 'One flaw.')
  assert.equal(
    sayMore({ ...action, flaws: [flaw, { ...flaw, exploited: true }], done: 3, of: 9 }),
    '2 flaws in one go; attackers use 1; 6 of 9 assets left.',
  )
})

test('a date is late, soon, later or none; without a clock nothing is counted', () => {
  const of = (due: string | null, tier = '14D') => dueWords({ due, tier }, NOW)
  assert.deepEqual(of('2026-11-18T09:20:00Z'), { how: 'late', left: '1 d 5 h late', at: 'was due Wed 18 Nov 2026, 09:20 UTC' })
  assert.equal(of('2026-11-22T14:20:00Z').how, 'soon')
  assert.equal(of('2026-11-22T14:20:01Z').how, 'later')
  assert.equal(of(null, 'FSU').left, 'Next upgrade')
  assert.equal(of(null).left, 'No date')
  assert.equal(dueWords({ due: '2026-11-18T09:20:00Z', tier: '3D' }, null).left, 'Wed 18 Nov 2026, 09:20 UTC')
})

test('what needs somebody is said in numbers', () => {
  assert.deepEqual(sayNeeds({ late: 1, soon: 2, later: 5, undated: 14 }, '2026-12-05T23:59:59.999Z'), {
    late: '1 is late.',
    rest: '2 more within 72 hours. 5 later. 14 can wait for the next upgrade or have no date.',
  })
  assert.deepEqual(sayNeeds({ late: 0, soon: 0, later: 3, undated: 0 }, '2026-12-05T23:59:59.999Z'), {
    late: null,
    rest: 'Nothing is due within 72 hours. 3 later, the first by Sat 5 Dec 2026.',
  })
  assert.equal(sayNeeds({ late: 2, soon: 0, later: 0, undated: 0 }, null).rest, 'Nothing more is due within 72 hours.')
})

test('a rule has a short name and its row; an own policy has its own', () => {
  const { why } = action
  const rule = 'CISA BOD 26-04, Prioritizing Security Updates Based on Risk, row 3'
  assert.equal(ruleWords({ rule, why: { ...why, row: 3 } }), 'BOD 26-04, row 3')
  assert.equal(ruleWords({ rule: 'Valley Water', why: { ...why, directive: 'own/2026-11', row: 1 } }), 'Valley Water')
})

test('one letter has two meanings, by the input', () => {
  assert.equal(inputValue({ input: 'technical-impact', value: 'P' }), 'Partial')
  assert.equal(inputValue({ input: 'exploitation', value: 'P' }), 'Proof of concept')
  assert.equal(inputValue({ input: 'exploitation', value: 'N' }), 'None known')
  assert.equal(inputValue({ input: 'epss', value: '0.43' }), '0.43')
})

test('an instant in a sentence is said as people read it', () => {
  assert.equal(
    plainInstants('3 days after 2026-11-21T19:39:19.009Z, end of that day.'),
    '3 days after Sat 21 Nov 2026, 19:39 UTC, end of that day.',
  )
  assert.equal(plainInstants('after 2026-99-21T19:39:19Z'), 'after 2026-99-21T19:39:19Z')
})

test('a deferral ends with its day', () => {
  assert.equal(endOfDay('2026-12-01'), '2026-12-01T23:59:59.999Z')
  assert.equal(endOfDay('2026-13-01'), null)
  assert.equal(endOfDay('1 Dec'), null)
})
