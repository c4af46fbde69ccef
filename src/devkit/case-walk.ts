import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Case } from '../core/cases/case.ts'
import type { CaseEvent } from '../core/cases/case-event.ts'
import { decideCase } from '../core/cases/decide.ts'
import { isBinding } from '../core/cases/embargo-state.ts'
import { evolveCase } from '../core/cases/evolve.ts'
import { openCase } from '../core/cases/open-case.ts'
import { readingOf } from '../core/cases/reading.ts'
import { isEarlier, participantOf, publicityOf, workOf } from '../core/cases/roster.ts'
import { brokenRules } from '../core/cases/rules.ts'
import type { Id } from '../core/kernel/id.ts'
import { HOUR, type Instant, instant } from '../core/kernel/instant.ts'
import { caseCommands, WALKERS } from './case-commands.ts'
import { CASE_T0, CasePlay, caseAsked, caseAsker, proposing } from './case-play.ts'

// Random walks of cases: steps, the cases they begin from, and what holds after each.

/** A case as a random walk has it by now. */
export interface CaseWalk {
  case: Case
  readonly log: CaseEvent[]
  now: Instant
  /** What each agreed to read, by their own acceptance, as a model kept beside the case. */
  readonly agreed: Map<string, Set<string>>
}

type Names = keyof ReturnType<typeof caseCommands>
const SOME = caseCommands(new CasePlay().case, { who: 'chair', pick: 0, when: CASE_T0 })
export const WALK_NAMES = Object.keys(SOME) as Names[]
// Ends a case early, so it comes seldom.
const SELDOM: readonly Names[] = ['close-case', 'hand-over', 'note-publicity', 'end-embargo', 'remove', 'leave']
const OFTEN: readonly Names[] = ['invite', 'accept-invitation', 'accept-invitation', 'propose-embargo', 'answer-embargo']
const name = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...OFTEN) },
  { weight: 6, arbitrary: fc.constantFrom(...WALK_NAMES.filter((one) => !SELDOM.includes(one))) },
  { weight: 1, arbitrary: fc.constantFrom(...SELDOM) },
)
const ASKERS = ['chair', 'chair', 'chair', ...WALKERS, 'contact:vendor2', 'vendor#2', 'weir', 'stranger']
export const caseStep = fc.record({
  who: fc.constantFrom(...ASKERS),
  // Two of three steps are by whoever can give the command, so that walks get far.
  fits: fc.nat(2),
  name,
  pick: fc.nat(5000),
  when: fc.integer({ min: -48, max: 24 * 120 }),
  // Clocks jump, also backwards.
  hours: fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 0, max: 30 }) }, fc.integer({ min: -300, max: 24 * 60 })),
})
export type CaseStep = typeof caseStep extends fc.Arbitrary<infer T> ? T : never

/** A case of nobody but its chair. */
export const startWalk = (id = 'one', flaws: readonly string[] = ['one', 'two'], latest: Instant | null = null): CaseWalk => {
  const play = new CasePlay(openCase(caseAsked(id, flaws, { latest }), caseAsker('chair'), CASE_T0))
  return { case: play.case, log: [...play.events], now: CASE_T0, agreed: new Map() }
}

/** A case with people in; under an embargo until that day where one is given. */
export function peopledWalk(id: string, flaws: readonly string[], until: number | null): CaseWalk {
  const walk = startWalk(id, flaws)
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

/** Which flaws everybody reads. */
export function walkReads(of: Case, now: Instant): Map<string, readonly string[]> {
  return new Map(
    of.participants.map(({ id }) => {
      const reading = readingOf(of, id, now)
      return [id, reading.reads === 'content' ? reading.flaws : []]
    }),
  )
}

/** Takes a step; whether it was accepted. */
export function takeStep(walk: CaseWalk, one: CaseStep): boolean {
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

function readsGrowOnlyByConsent(before: Case, walk: CaseWalk, accepting: Id<'participant'> | null): void {
  const earlier = walkReads(before, walk.now)
  for (const [id, flaws] of walkReads(walk.case, walk.now)) {
    if (id === walk.case.chair) continue
    for (const flaw of flaws) {
      assert.ok(walk.agreed.get(id)?.has(flaw), `${id} reads ${flaw} and never agreed`)
      if (id !== accepting) assert.ok(earlier.get(id)?.includes(flaw), `${id} reads ${flaw} by what others did`)
    }
  }
}

/** What holds of every case. */
export function keepsRules(of: Case): void {
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
