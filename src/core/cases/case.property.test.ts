import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { caseCommands, WALK_FLAWS, WALKERS } from '../../devkit/case-commands.ts'
import { CASE_T0, CasePlay, cas, caseAsked, caseAsker, flw, proposing } from '../../devkit/case-play.ts'
import type { Id } from '../kernel/id.ts'
import { HOUR, type Instant, instant } from '../kernel/instant.ts'
import type { Case } from './case.ts'
import type { CaseEvent } from './case-event.ts'
import { decideCase } from './decide.ts'
import { nextDue } from './due.ts'
import { isBinding } from './embargo-state.ts'
import { evolveCase, replayCase } from './evolve.ts'
import { openCase } from './open-case.ts'
import { mayPublish } from './publishing.ts'
import { readingOf } from './reading.ts'
import { isEarlier, participantOf, publicityOf, workOf } from './roster.ts'
import { brokenRules } from './rules.ts'

interface Walk {
  case: Case
  readonly log: CaseEvent[]
  now: Instant
  /** What each agreed to read, by their own acceptance, as a model kept beside the case. */
  readonly agreed: Map<string, Set<string>>
}

type Names = keyof ReturnType<typeof caseCommands>
const SOME = caseCommands(new CasePlay().case, { who: 'chair', pick: 0, when: CASE_T0 })
const NAMES = Object.keys(SOME) as Names[]
// Ends a case early, so it comes seldom.
const SELDOM: readonly Names[] = ['close-case', 'hand-over', 'note-publicity', 'end-embargo', 'remove', 'leave']
const OFTEN: readonly Names[] = ['invite', 'accept-invitation', 'accept-invitation', 'propose-embargo', 'answer-embargo']
const name = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...OFTEN) },
  { weight: 6, arbitrary: fc.constantFrom(...NAMES.filter((one) => !SELDOM.includes(one))) },
  { weight: 1, arbitrary: fc.constantFrom(...SELDOM) },
)
const ASKERS = ['chair', 'chair', 'chair', ...WALKERS, 'contact:vendor2', 'vendor#2', 'weir', 'stranger']
const step = fc.record({
  who: fc.constantFrom(...ASKERS),
  // Two of three steps are by whoever can give the command, so that walks get far.
  fits: fc.nat(2),
  name,
  pick: fc.nat(5000),
  when: fc.integer({ min: -48, max: 24 * 120 }),
  // Clocks jump, also backwards.
  hours: fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 0, max: 30 }) }, fc.integer({ min: -300, max: 24 * 60 })),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

const start = (id = 'one', flaws: readonly string[] = ['one', 'two'], latest: Instant | null = null): Walk => {
  const play = new CasePlay(openCase(caseAsked(id, flaws, { latest }), caseAsker('chair'), CASE_T0))
  return { case: play.case, log: [...play.events], now: CASE_T0, agreed: new Map() }
}

// As `start`, with people in; under an embargo until that day where one is given.
function peopled(id: string, flaws: readonly string[], until: number | null): Walk {
  const walk = start(id, flaws)
  const play = new CasePlay()
  play.case = walk.case
  for (const one of ['finder', 'vendor', 'maintainer', 'operator'] as const) play.join(one, one)
  if (until !== null) {
    play.do('chair', proposing(play.case.chair, instant(CASE_T0 + until * 24 * HOUR)))
    play.do('finder', { do: 'answer-embargo', participant: play.case.participants[1]!.id, proposal: 1, answer: 'accept' })
    play.come('vendor').come('maintainer')
  }
  for (const move of ['validate', 'accept'] as const) {
    play.do('vendor', { do: 'judge-report', participant: play.case.participants[2]!.id, move, reason: null })
  }
  for (const one of play.case.participants) walk.agreed.set(one.id, new Set([...one.flaws, ...one.offered]))
  walk.log.push(...play.events.slice(1))
  walk.case = play.case
  return walk
}

function readsOf(of: Case, now: Instant): Map<string, readonly string[]> {
  return new Map(
    of.participants.map(({ id }) => {
      const reading = readingOf(of, id, now)
      return [id, reading.reads === 'content' ? reading.flaws : []]
    }),
  )
}

function take(walk: Walk, one: Step): boolean {
  walk.now = instant(walk.now + one.hours * HOUR)
  const before = walk.case
  const when = instant(walk.now + one.when * HOUR)
  const commandOf = (who: string) =>
    caseCommands(before, { who: who.replace(/contact:|#2/, ''), pick: one.pick, when })[one.name]
  const others = ASKERS.slice(one.pick % ASKERS.length).concat(ASKERS)
  const fitting = (who: string) => decideCase(before, commandOf(who), caseAsker(who), walk.now).ok
  const asking = (one.fits > 0 ? others.find(fitting) : null) ?? one.who
  const command = commandOf(asking)
  const frozen = JSON.stringify(before)
  const decision = decideCase(before, command, caseAsker(asking), walk.now)
  assert.equal(JSON.stringify(before), frozen, 'deciding changes nothing')
  if (!decision.ok) {
    assert.ok(decision.say.length > 10, decision.code)
    return false
  }
  for (const event of decision.events) {
    const next = evolveCase(walk.case, event)
    assert.equal(next.version, walk.case.version + 1)
    if (walk.case.embargo.state === 'exited') assert.equal(next.embargo.state, 'exited', 'an end is for good')
    if (event.type === 'embargo-accepted')
      for (const open of next.embargo.open) assert.ok(!isEarlier(open.endsAt, event.terms.endsAt))
    walk.case = next
    walk.log.push(event)
  }
  if (command.do === 'accept-invitation') {
    const all = walk.agreed.get(command.participant) ?? new Set()
    for (const flaw of participantOf(before, command.participant)!.offered) all.add(flaw)
    walk.agreed.set(command.participant, all)
  }
  readsGrowOnlyByConsent(before, walk, command.do === 'accept-invitation' ? command.participant : null)
  return true
}

function readsGrowOnlyByConsent(before: Case, walk: Walk, accepting: Id<'participant'> | null): void {
  const earlier = readsOf(before, walk.now)
  for (const [id, flaws] of readsOf(walk.case, walk.now)) {
    if (id === walk.case.chair) continue
    for (const flaw of flaws) {
      assert.ok(walk.agreed.get(id)?.has(flaw), `${id} reads ${flaw} and never agreed`)
      if (id !== accepting) assert.ok(earlier.get(id)?.includes(flaw), `${id} reads ${flaw} by what others did`)
    }
  }
}

function holds({ case: of, log, now }: Walk): void {
  assert.deepEqual(replayCase(log), of)
  keeps(of)
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

function keeps(of: Case): void {
  assert.deepEqual(JSON.parse(JSON.stringify(of)), of)
  const { state, open, terms } = of.embargo
  const binds = isBinding(state)
  assert.equal(open.length > 0, state === 'proposed' || state === 'revise', state)
  if (binds) assert.ok(terms !== null && participantOf(of, of.chair)?.consent === 'signatory')
  const known = new Set(of.flaws.map(({ flaw }) => flaw))
  for (const one of of.participants) {
    const label = `${one.id} ${one.consent} ${state}`
    if (!binds) assert.ok(one.consent !== 'signatory' && one.consent !== 'lapsed', label)
    if (binds && one.admittedAt !== null && one.leftAt === null) assert.equal(one.consent, 'signatory', label)
    if (one.admittedAt === null) assert.equal(one.flaws.length, 0, label)
    assert.equal(new Set([...one.flaws, ...one.offered]).size, one.flaws.length + one.offered.length, label)
    for (const flaw of [...one.flaws, ...one.offered]) assert.ok(known.has(flaw))
    for (const flaw of one.leftAt === null ? of.flaws : []) {
      if (![...one.flaws, ...one.offered].includes(flaw.flaw)) continue
      const vendor = workOf(one, flaw.flaw).step
      // Offered and not read, a vendor does not know yet, and its report may be about another flaw.
      const report = one.flaws.includes(flaw.flaw) ? one.report : vendor === 'vfd' ? 'start' : one.report
      assert.deepEqual(brokenRules({ report, embargo: state, vendor, publicity: publicityOf(flaw) }), [], label)
    }
  }
}

test('1,000 cases with random commands and clocks that jump: every rule holds, and nobody reads before agreeing', () => {
  const states = new Map<string, number>()
  const done = new Map<string, number>()
  fc.assert(
    fc.property(fc.nat(2), fc.array(step, { minLength: 12, maxLength: 45, size: 'max' }), (from, steps) => {
      const walk = from === 0 ? start() : peopled('one', ['one', 'two'], from === 1 ? 60 : null)
      for (const one of steps) {
        if (!take(walk, one)) continue
        done.set(one.name, (done.get(one.name) ?? 0) + 1)
        holds(walk)
      }
      states.set(walk.case.embargo.state, (states.get(walk.case.embargo.state) ?? 0) + 1)
    }),
    { numRuns: 1000, seed: 20261101 },
  )
  // The walks got everywhere, so that what holds in them means something.
  assert.equal(states.size, 5, JSON.stringify([...states]))
  for (const one of NAMES) assert.ok((done.get(one) ?? 0) > 0, `no walk did ${one}`)
})

test('an embargo that is left alone ends at its end, and its end makes nobody a reader', () => {
  let left = 0
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30, size: 'max' }), fc.integer({ min: 1, max: 4000 }), (steps, hours) => {
      const walk = peopled('one', ['one', 'two'], 60)
      for (const one of steps) take(walk, one)
      const { state, terms } = walk.case.embargo
      if (!isBinding(state) || walk.case.state === 'closed' || terms!.endsAt === null) return
      left++
      const later = instant(
        Math.max(walk.now, terms!.endsAt, ...walk.case.embargo.open.map((one) => one.respondBy)) + hours * HOUR,
      )
      const before = readsOf(walk.case, walk.now)
      const ticked = decideCase(walk.case, { do: 'clock' }, caseAsker('weir'), later)
      assert.ok(ticked.ok)
      const after = ticked.events.reduce(evolveCase, walk.case)
      const moved = after.embargo.terms!.endsAt
      if (moved === null || moved > later) assert.ok(isEarlier(terms!.endsAt, moved), 'a later end that everybody agreed to')
      else assert.equal(after.embargo.state, 'exited')
      if (after.embargo.state !== 'exited') return
      assert.ok(mayPublish(after, later).may || after.flaws.length === 0)
      for (const [id, flaws] of readsOf(after, later))
        for (const flaw of flaws) assert.ok(before.get(id)?.includes(flaw as Id<'flaw'>))
    }),
    { numRuns: 300, seed: 20261102 },
  )
  assert.ok(left > 30, `${left}`)
})

test('a merge and a split make nobody a reader, keep every rule, and the earliest accepted end', () => {
  let merged = 0
  let bindingBoth = 0
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 25, size: 'max' }),
      fc.array(step, { maxLength: 25, size: 'max' }),
      fc.nat(2),
      (one, two, from) => {
        const into = from === 0 ? start('one', ['one', 'two']) : peopled('one', ['one', 'two'], 90)
        const other = from === 1 ? start('three', ['two', 'three']) : peopled('three', ['two', 'three'], 60)
        for (const [walk, steps] of [
          [into, one],
          [other, two],
        ] as const)
          for (const each of steps) take(walk, each)
        const now = instant(Math.max(into.now, other.now))
        for (const walk of [into, other]) {
          const ticked = decideCase(walk.case, { do: 'clock' }, caseAsker('weir'), now)
          if (ticked.ok) walk.case = ticked.events.reduce(evolveCase, walk.case)
        }
        const command = { do: 'merge-in', other: other.case, flaws: 'all', propose: null } as const
        const decision = decideCase(into.case, command, caseAsker('chair'), now)
        if (!decision.ok) return
        merged++
        const after = decision.events.reduce(evolveCase, into.case)
        keeps(after)
        const ends = [into.case, other.case]
          .filter(({ embargo }) => isBinding(embargo.state))
          .map(({ embargo }) => embargo.terms!.endsAt)
        if (ends.length === 2) bindingBoth++
        if (ends.length > 0)
          assert.equal(
            after.embargo.terms!.endsAt,
            ends.reduce((a, b) => (isEarlier(b, a) ? b : a)),
          )
        const [here, there] = [readsOf(into.case, now), readsOf(other.case, now)]
        for (const [id, flaws] of readsOf(after, now)) {
          const had = new Set([...(here.get(id) ?? []), ...(there.get(id) ?? [])])
          if (id !== after.chair) for (const flaw of flaws) assert.ok(had.has(flaw), `${id} gained ${flaw}`)
        }
        // And away again.
        const play = new CasePlay()
        play.case = after
        if (after.flaws.length < 2 || after.state !== 'open') return
        const child = play.split({ case: cas('two'), flaws: [after.flaws[0]!.flaw], end: 'inherit' }, now)
        keeps(child.case)
        keeps(play.case)
        const merges = readsOf(after, now)
        for (const part of [child.case, play.case])
          for (const [id, flaws] of readsOf(part, now))
            for (const flaw of flaws) assert.ok(merges.get(id)?.includes(flaw as Id<'flaw'>))
      },
    ),
    { numRuns: 500, seed: 20261103 },
  )
  assert.ok(merged > 100 && bindingBoth > 5, `${merged} merged, ${bindingBoth} of them both under embargo`)
})

test('whatever comes by the door is refused or done, and never thrown at', () => {
  const play = new CasePlay().do('chair', proposing(new CasePlay().case.chair, instant(CASE_T0 + 24 * 60 * HOUR)))
  const hostile = fc.record({ do: fc.constantFrom(...NAMES, '__proto__', 'toString') }, { requiredKeys: ['do'] })
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
