import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { CASE_T0, CasePlay, cas, caseAsker } from '../../devkit/case-play.ts'
import { type CaseWalk, caseStep, keepsRules, peopledWalk, startWalk, takeStep } from '../../devkit/case-walk.ts'
import type { Id } from '../kernel/id.ts'
import { DAY, type Instant, instant } from '../kernel/instant.ts'
import type { Case, Participant } from './case.ts'
import { decideCase } from './decide.ts'
import { isBinding } from './embargo-state.ts'
import { evolveCase } from './evolve.ts'
import { readingOf } from './reading.ts'
import { invitationStands, isEarlier, participantOf, publicityOf, termsAsked } from './roster.ts'
import { mayBeginEmbargo } from './rules.ts'

type Flaw = Id<'flaw'>
const WALK = fc.record({
  people: fc.boolean(),
  steps: fc.array(caseStep, { maxLength: 25, size: 'max' }),
  /** Time that passes before the merge: over the end of one embargo, of both, or of none. */
  days: fc.constantFrom(0, 0, 0, 30, 75, 120),
})
const PROPOSED = fc.constantFrom(null, null, 40, 80, 200)

/** What somebody reads at that instant, and what they would come to read by saying yes to what is asked of them. */
function reach(of: Case, id: Id<'participant'>, now: Instant): { reads: readonly Flaw[]; could: readonly Flaw[] } {
  const reading = readingOf(of, id, now)
  const reads = reading.reads === 'content' ? reading.flaws : []
  const one = participantOf(of, id)
  if (one === null || one.leftAt !== null) return { reads: [], could: [] }
  const yes = { do: 'accept-invitation', participant: id, terms: termsAsked(of) } as const
  const asker = { kind: 'person', person: 'per_any' as Id<'person'>, participants: [id], coordinator: false } as const
  const decision = decideCase(of, yes, asker, now)
  if (!decision.ok) return { reads, could: reads }
  const then = readingOf(decision.events.reduce(evolveCase, of), id, now)
  return { reads, could: then.reads === 'content' ? then.flaws : reads }
}

// The chair of each case is the coordinator; anybody else by who they are.
function same(of: Case, { id, organisation, kind }: Participant): readonly Participant[] {
  return of.participants.filter(
    (one) =>
      one.id !== of.chair &&
      (one.id === id || (organisation !== null && one.organisation === organisation && one.kind === kind)),
  )
}

/** Nobody reads, or could come to read by their own word, what they did not or could not in one of `sides`. */
function nobodyGains(after: Case, sides: readonly Case[], now: Instant): void {
  for (const one of after.participants) {
    if (one.id === after.chair) continue
    const were = sides.flatMap((side) => same(side, one).map((before) => ({ side, before, ...reach(side, before.id, now) })))
    const { reads, could } = reach(after, one.id, now)
    for (const flaw of reads)
      assert.ok(
        were.some((was) => was.reads.includes(flaw)),
        `${one.id} reads ${flaw}`,
      )
    // Who was bound where their invitation was for, and is asked again under other terms, is asked for the same flaws.
    for (const flaw of could)
      assert.ok(
        were.some(({ side, before, could: all }) => all.includes(flaw) || askedStill(side, before, flaw)),
        `${one.id} ${one.consent} could read ${flaw}: ${JSON.stringify(were.map(({ before, could: c }) => [before.consent, before.offered, c]))}`,
      )
  }
}

// An answer that waits for terms to be settled, or that was no while others were proposed: both may still say yes where they were.
function askedStill(side: Case, before: Participant, flaw: Flaw): boolean {
  if (before.leftAt !== null || !before.offered.includes(flaw) || side.embargo.state === 'exited') return false
  return invitationStands(side, before) || (before.invitedTo === null && !isBinding(side.embargo.state))
}

function publicStaysPublic(after: Case, sides: readonly Case[]): void {
  for (const flaw of after.flaws)
    for (const side of sides)
      for (const was of side.flaws.filter((one) => one.flaw === flaw.flaw))
        for (const what of ['public', 'exploit', 'attacks'] as const)
          if (was[what] !== null) assert.ok(flaw[what] !== null, `${flaw.flaw} ${what}`)
  if (isBinding(after.embargo.state) || after.embargo.state === 'proposed')
    assert.ok(mayBeginEmbargo(after.flaws.map(publicityOf)), 'an embargo on what is public')
}

/** What somebody said of a flaw and nobody confirmed still waits for that. */
function claimsKeep(after: Case, sides: readonly Case[]): number {
  const said = sides.flatMap(({ claims }) => claims)
  const wait = said.filter(({ flaw, what }) => after.flaws.some((one) => one.flaw === flaw && one[what] === null))
  for (const { flaw, what, evidence } of wait)
    assert.ok(
      after.claims.some((one) => one.flaw === flaw && one.what === what && one.evidence === evidence),
      `${flaw} ${what}`,
    )
  for (const { flaw, what } of after.claims)
    assert.ok(
      after.flaws.some((one) => one.flaw === flaw && one[what] === null),
      'a claim of what is known',
    )
  return wait.length
}

const endOf = ({ embargo }: Case): Instant | null => embargo.terms?.endsAt ?? null
const binding = ({ embargo }: Case): boolean => isBinding(embargo.state)

// What was asked of somebody is asked until they answer, or more is asked of them; who said no is not asked again.
function invitationsKeep(after: Case, sides: readonly Case[]): void {
  for (const side of sides)
    for (const before of side.participants) {
      if (before.leftAt !== null || before.consent !== 'invited' || !invitationStands(side, before)) continue
      const wanted = before.offered.filter((flaw) => after.flaws.some((one) => one.flaw === flaw))
      const now = wanted.length === 0 ? [] : same(after, before).filter(({ leftAt }) => leftAt === null)
      if (now.length === 0) continue
      for (const flaw of wanted)
        assert.ok(
          now.some((one) => one.offered.includes(flaw) || one.flaws.includes(flaw)),
          `${before.id} is no longer asked for ${flaw}`,
        )
      const asked = now.find((one) => wanted.some((flaw) => one.offered.includes(flaw)))
      if (asked === undefined) continue
      assert.ok(invitationStands(after, asked), `${before.id}: what was asked stands no more`)
      if (before.respondBy !== null) assert.ok((asked.respondBy ?? 0) >= before.respondBy, `${before.id} has less time`)
    }
}

describe('merges and splits', () => {
  test('a merge: the earliest end, no end undone, nothing secret again, and nobody reads or could read more', () => {
    const seen = { merged: 0, both: 0, one: 0, ended: 0, refused: 0, proposed: 0, claims: 0 }
    fc.assert(
      fc.property(WALK, WALK, PROPOSED, fc.boolean(), (left, right, propose, shared) => {
        const into = walked('one', shared ? ['one', 'two'] : ['one'], 90, left)
        const other = walked('three', ['two', 'three'], 60, right)
        const now = instant(Math.max(into.now, other.now))
        for (const walk of [into, other]) ticked(walk, now)
        const asked = propose === null ? null : { endsAt: instant(CASE_T0 + propose * DAY), policy: 'p/1', why: ['So.'] }
        const command = { do: 'merge-in', other: other.case, flaws: 'all', propose: asked } as const
        const decision = decideCase(into.case, command, caseAsker('chair'), now)
        if (!decision.ok) {
          if (decision.code === 'merge.ended') seen.refused++
          return
        }
        seen.merged++
        const after = decision.events.reduce(evolveCase, into.case)
        const sides = [into.case, other.case]
        keepsRules(after)
        publicStaysPublic(after, sides)
        nobodyGains(after, sides, now)
        seen.claims += claimsKeep(after, sides)
        if (asked === null) invitationsKeep(after, sides)
        const bound = sides.filter(binding)
        if (bound.length === 2) seen.both++
        if (bound.length === 1) seen.one++
        const earliest = bound.map(endOf).reduce((a, b) => (a === undefined || isEarlier(b, a) ? b : a), undefined as never)
        if (bound.length > 0 && asked === null) assert.equal(endOf(after), earliest)
        // One yes is the chair's own: a new end stands as a proposal, and the earliest holds until it is agreed to.
        if (bound.length > 0 && asked !== null && after.embargo.open.length > 0) {
          seen.proposed++
          assert.equal(endOf(after), earliest)
        }
        if (sides.some(({ embargo }) => embargo.state === 'exited')) {
          seen.ended++
          assert.equal(after.embargo.state, 'exited', 'an end is undone')
        }
      }),
      { numRuns: 900, seed: 20261121 },
    )
    for (const [name, least] of Object.entries({
      merged: 300,
      both: 15,
      one: 30,
      ended: 20,
      refused: 20,
      proposed: 10,
      claims: 5,
    }))
      assert.ok(seen[name as keyof typeof seen] >= least, JSON.stringify(seen))
  })

  test('a split: the child stands as its parent stood, also where something had ended', () => {
    const seen = { none: 0, active: 0, exited: 0, asked: 0 }
    fc.assert(
      fc.property(WALK, (left) => {
        const walk = walked('one', ['one', 'two', 'three'], 90, left)
        ticked(walk, walk.now)
        const parent = walk.case
        if (parent.flaws.length < 2 || parent.state !== 'open') return
        const play = new CasePlay()
        play.case = parent
        const child = play.split({ case: cas('two'), flaws: [parent.flaws[0]!.flaw], end: 'inherit' }, walk.now)
        for (const part of [child.case, play.case]) {
          keepsRules(part)
          publicStaysPublic(part, [parent])
          claimsKeep(part, [parent])
          nobodyGains(part, [parent], walk.now)
          invitationsKeep(part, [parent])
        }
        const { state } = child.case.embargo
        seen[state as 'none']++
        if (parent.participants.some(({ consent }) => consent === 'invited')) seen.asked++
        assert.equal(endOf(child.case), endOf(parent))
        if (parent.embargo.state === 'exited') assert.equal(state, 'exited', 'an end is undone')
        if (binding(parent)) assert.equal(state, 'active')
        // Back together, all is as it was before.
        const merge = { do: 'merge-in', other: child.case, flaws: 'all', propose: null } as const
        const again = decideCase(play.case, merge, caseAsker('chair'), walk.now)
        if (!again.ok) return assert.ok(['proposed', 'revise'].includes(parent.embargo.state), again.code)
        const whole = again.events.reduce(evolveCase, play.case)
        keepsRules(whole)
        nobodyGains(whole, [parent], walk.now)
        for (const one of parent.participants)
          assert.deepEqual(
            new Set(reach(whole, one.id, walk.now).reads),
            new Set(reach(parent, one.id, walk.now).reads),
            `${one.id} reads less`,
          )
      }),
      { numRuns: 500, seed: 20261122 },
    )
    for (const least of Object.values(seen)) assert.ok(least > 20, JSON.stringify(seen))
  })
})

function walked(
  id: string,
  flaws: readonly string[],
  until: number,
  { people, steps, days }: typeof WALK extends fc.Arbitrary<infer T> ? T : never,
): CaseWalk {
  const walk = people ? peopledWalk(id, flaws, until) : startWalk(id, flaws)
  for (const one of steps) takeStep(walk, one)
  walk.now = instant(walk.now + days * DAY)
  return walk
}

// What time alone has brought about by then.
function ticked(walk: CaseWalk, now: Instant): void {
  const due = decideCase(walk.case, { do: 'clock' }, caseAsker('weir'), now)
  if (due.ok) walk.case = due.events.reduce(evolveCase, walk.case)
}
