import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { WALK_FLAWS } from '../../devkit/case-commands.ts'
import { CASE_T0, CasePlay, caseAsker, flw, proposing } from '../../devkit/case-play.ts'
import {
  type CaseWalk,
  caseStep,
  keepsRules,
  peopledWalk,
  startWalk,
  takeStep,
  WALK_NAMES,
  walkReads,
} from '../../devkit/case-walk.ts'
import type { Id } from '../kernel/id.ts'
import { HOUR, instant } from '../kernel/instant.ts'
import { decideCase } from './decide.ts'
import { nextDue } from './due.ts'
import { isBinding } from './embargo-state.ts'
import { evolveCase, replayCase } from './evolve.ts'
import { mayPublish } from './publishing.ts'
import { readingOf } from './reading.ts'
import { isEarlier } from './roster.ts'

function holds({ case: of, log, now }: CaseWalk): void {
  assert.deepEqual(replayCase(log), of)
  keepsRules(of)
  for (const nobody of [null, 'ptp_stranger' as Id<'participant'>]) assert.equal(readingOf(of, nobody, now).reads, 'nothing')
  // Whatever has fallen due by now has happened, if anything was accepted now.
  const due = nextDue(of)
  const ticked = decideCase(of, { do: 'clock' }, caseAsker('weir'), now)
  assert.ok(ticked.ok)
  if (due === null || due > now) assert.deepEqual(ticked.events, [])
  const { state, terms } = ticked.events.reduce(evolveCase, of).embargo
  if (isBinding(state) && of.state === 'open')
    assert.ok(terms!.endsAt === null || terms!.endsAt > now, 'an end passed unnoticed')
}

test('1,000 cases with random commands and clocks that jump: every rule holds, and nobody reads before agreeing', () => {
  const states = new Map<string, number>()
  const done = new Map<string, number>()
  fc.assert(
    fc.property(fc.nat(2), fc.array(caseStep, { minLength: 12, maxLength: 45, size: 'max' }), (from, steps) => {
      const walk = from === 0 ? startWalk() : peopledWalk('one', ['one', 'two'], from === 1 ? 60 : null)
      for (const one of steps) {
        if (!takeStep(walk, one)) continue
        done.set(one.name, (done.get(one.name) ?? 0) + 1)
        holds(walk)
      }
      states.set(walk.case.embargo.state, (states.get(walk.case.embargo.state) ?? 0) + 1)
    }),
    { numRuns: 1000, seed: 20261101 },
  )
  // The walks got everywhere, so that what holds in them means something.
  assert.equal(states.size, 5, JSON.stringify([...states]))
  for (const one of WALK_NAMES) assert.ok((done.get(one) ?? 0) > 0, `no walk did ${one}`)
})

test('an embargo that is left alone ends at its end, and its end makes nobody a reader', () => {
  let left = 0
  fc.assert(
    fc.property(fc.array(caseStep, { maxLength: 30, size: 'max' }), fc.integer({ min: 1, max: 4000 }), (steps, hours) => {
      const walk = peopledWalk('one', ['one', 'two'], 60)
      for (const one of steps) takeStep(walk, one)
      const { state, terms } = walk.case.embargo
      if (!isBinding(state) || walk.case.state === 'closed' || terms!.endsAt === null) return
      left++
      const later = instant(
        Math.max(walk.now, terms!.endsAt, ...walk.case.embargo.open.map((one) => one.respondBy)) + hours * HOUR,
      )
      const before = walkReads(walk.case, walk.now)
      const ticked = decideCase(walk.case, { do: 'clock' }, caseAsker('weir'), later)
      assert.ok(ticked.ok)
      const after = ticked.events.reduce(evolveCase, walk.case)
      const moved = after.embargo.terms!.endsAt
      if (moved === null || moved > later) assert.ok(isEarlier(terms!.endsAt, moved), 'a later end that everybody agreed to')
      else assert.equal(after.embargo.state, 'exited')
      if (after.embargo.state !== 'exited') return
      assert.ok(mayPublish(after, later).may || after.flaws.length === 0)
      for (const [id, flaws] of walkReads(after, later))
        for (const flaw of flaws) assert.ok(before.get(id)?.includes(flaw as Id<'flaw'>))
    }),
    { numRuns: 300, seed: 20261102 },
  )
  assert.ok(left > 30, `${left}`)
})

test('whatever comes by the door is refused or done, and never thrown at', () => {
  const play = new CasePlay().do('chair', proposing(new CasePlay().case.chair, instant(CASE_T0 + 24 * 60 * HOUR)))
  const hostile = fc.record({ do: fc.constantFrom(...WALK_NAMES, '__proto__', 'toString') }, { requiredKeys: ['do'] })
  fc.assert(
    fc.property(
      hostile,
      fc.dictionary(fc.constantFrom('participant', 'flaw', 'flaws', 'terms', 'endsAt'), fc.anything()),
      (a, b) => {
        const decision = decideCase(play.case, { ...b, ...a } as never, caseAsker('chair'), CASE_T0)
        assert.ok(decision.ok || decision.say !== '')
      },
    ),
    { numRuns: 500 },
  )
  assert.equal(flw(WALK_FLAWS[0]), 'flw_one')
})
