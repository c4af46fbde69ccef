import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { everyCommand } from '../../devkit/docket-commands.ts'
import { asker, at, CAST, type Play, POLICY, person, playTo } from '../../devkit/docket-play.ts'
import { DAY, HOUR, type Instant, instant } from '../kernel/instant.ts'
import { decideDocket } from './decide.ts'
import { DOCKET_STATES, type Docket, type DocketState } from './docket.ts'
import type { CommandName } from './docket-command.ts'
import type { DocketEvent } from './docket-event.ts'
import { viewOfDocket } from './docket-view.ts'
import { evolveDocket, replayDocket } from './evolve.ts'
import { KINDS } from './kinds.ts'
import { compartmentsOf, seatedAs, seatsOf } from './reading.ts'
import { SEAT_TABLE } from './seat.ts'
import { countedOf } from './tally.ts'
import { isSigned } from './turn.ts'

const NAMES = Object.keys(everyCommand({ pick: 0, when: at(0), terms: 1 })) as CommandName[]
const ASKERS = [...Object.keys(CAST), 'pilot', 'stranger', 'weir']
const PEOPLE = [...Object.keys(CAST), 'pilot', 'stranger'].map(person)

interface Walk {
  docket: Docket
  readonly log: DocketEvent[]
  now: Instant
}

const step = fc.record({
  // Half of the steps are by whoever can give the command, so that walks get far.
  who: fc.nat(2 * ASKERS.length),
  name: fc.constantFrom(...NAMES),
  pick: fc.nat(60),
  when: fc.integer({ min: -24 * 5, max: 24 * 40 }),
  // Clocks jump, also backwards.
  hours: fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 0, max: 24 }) }, fc.integer({ min: -200, max: 24 * 20 })),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

function take(walk: Walk, { who, name, pick, when, hours }: Step): void {
  walk.now = instant(walk.now + hours * HOUR)
  const given = { pick, when: instant(walk.now + when * HOUR), terms: walk.docket.terms.length }
  const command = everyCommand(given)[name]
  const fitting = ASKERS.find((one) => decideDocket(walk.docket, command, asker(one), walk.now, POLICY).ok)
  const asking = ASKERS[who] ?? fitting ?? 'weir'
  const before = walk.docket
  const frozen = JSON.stringify(before)
  const decision = decideDocket(before, command, asker(asking), walk.now, POLICY)
  assert.equal(JSON.stringify(before), frozen, 'deciding changes nothing')
  if (!decision.ok) return
  for (const event of decision.events) {
    const next = evolveDocket(walk.docket, event)
    keepsAll(walk.docket, next)
    walk.docket = next
    walk.log.push(event)
  }
  if (asking !== 'lead' || name !== 'plan-release') assert.deepEqual(walk.docket.planned, before.planned, `${asking} ${name}`)
}

// Lists only grow, and what was written once stays.
function keepsAll(before: Docket, after: Docket): void {
  assert.equal(after.version, before.version + 1)
  for (const list of ['terms', 'downtime', 'seats', 'readIns', 'plans', 'partners', 'remeasured', 'toIntake'] as const) {
    assert.ok(after[list].length >= before[list].length, list)
  }
  for (const [n, one] of before.terms.entries()) assert.equal(after.terms[n]?.digest, one.digest)
  for (const [n, one] of before.plans.entries()) assert.deepEqual(after.plans[n], one)
  for (const fact of ['unblindedAt', 'withdrawnAt', 'closedAt', 'determination'] as const) {
    if (before[fact] !== null) assert.deepEqual(after[fact], before[fact], fact)
  }
  const closed = before.window?.closed ?? null
  if (closed !== null) {
    assert.deepEqual(after.window, before.window, 'a closed window never moves')
    assert.notEqual(after.state, 'window-open')
  }
  if (before.window?.openedAt) assert.equal(after.window?.openedAt, before.window.openedAt)
  assert.ok(DOCKET_STATES.indexOf(after.state) >= DOCKET_STATES.indexOf(before.state) || after.state === 'terms', after.state)
}

function holds({ docket, log, now }: Walk): void {
  assert.ok(KINDS[docket.kind].states.includes(docket.state))
  assert.deepEqual(replayDocket(log), docket)
  const { window, planned } = docket
  if (window?.openedAt != null && window.endsAt !== null) {
    assert.ok(window.endsAt <= window.openedAt + POLICY.maxDays * DAY)
    assert.ok(window.endsAt <= window.openedAt + window.days * DAY + window.granted)
    if (window.closed === null && planned !== null) assert.ok(window.endsAt <= Math.max(window.openedAt, planned.at))
    assert.ok(isSigned(docket.terms.at(-1)!.signed), 'no window without terms that both signed')
  }
  for (const one of docket.downtime) assert.ok(one.granted >= 0)
  assert.equal(
    window?.granted ?? 0,
    docket.downtime.reduce((sum, one) => sum + one.granted, 0),
  )
  for (const { standing, signed } of docket.partners) if (standing === 'selected') assert.ok(isSigned(signed))
  for (const { person: who, proposedBy, secondedBy } of docket.readIns) {
    assert.notEqual(who, proposedBy)
    if (secondedBy !== null) assert.equal(new Set([who, proposedBy, secondedBy]).size, 3)
  }
  for (const who of PEOPLE) {
    const all = compartmentsOf(docket, who, now)
    const seats = seatedAs(docket, who)
    if (all.includes('D') && all.includes('B')) assert.ok(seats.includes('determining-authority'))
    assert.ok(new Set(seats.map((seat) => SEAT_TABLE[seat].side)).size <= 1)
    assert.equal(viewOfDocket(docket, who, now) === null, seatsOf(docket, who, now).length === 0)
  }
  const counted = countedOf(docket)
  assert.ok(counted.windowDays === null || (counted.windowDays >= 0 && counted.windowDays <= 400))
}

// Whoever leads now, or the next one the developer sends, withdraws and plans as it likes.
function isFree(walk: Walk): void {
  let { docket } = walk
  const due = decideDocket(docket, { do: 'clock' }, asker('weir'), walk.now, POLICY)
  assert.ok(due.ok)
  docket = due.events.reduce(evolveDocket, docket)
  if (docket.state === 'closed') return
  const lead = docket.seats.find(({ seat, endedAt }) => seat === 'developer-lead' && endedAt === null)
  const who = {
    kind: 'person',
    person: lead?.person ?? person('heir'),
    organisation: docket.developer,
    party: 'developer',
  } as const
  if (lead === undefined) {
    const { person: heir, organisation } = who
    const seated = decideDocket(
      docket,
      { do: 'seat', person: heir, organisation, seat: 'developer-lead' },
      who,
      walk.now,
      POLICY,
    )
    assert.ok(seated.ok)
    docket = seated.events.reduce(evolveDocket, docket)
  }
  const planned = { at: instant(walk.now + DAY), zone: 'UTC' }
  assert.ok(decideDocket(docket, { do: 'plan-release', planned }, who, walk.now, POLICY).ok)
  const withdrawn = decideDocket(docket, { do: 'withdraw' }, who, walk.now, POLICY)
  assert.ok(withdrawn.ok)
  const after = withdrawn.events.reduce(evolveDocket, docket)
  assert.ok(after.state === 'closing' && after.withdrawnAt !== null)
}

const played = new Map<DocketState, Play>()
const start = (state: DocketState): Walk => {
  const play = played.get(state) ?? playTo(state)
  played.set(state, play)
  return { docket: play.docket, log: [...play.events], now: play.events.at(-1)!.at }
}

test('whatever anybody does in whatever order: the window keeps its ends, nothing is lost, the developer is free', () => {
  fc.assert(
    fc.property(fc.constantFrom(...DOCKET_STATES), fc.array(step, { maxLength: 40, size: 'max' }), (state, steps) => {
      const walk = start(state)
      for (const one of steps) {
        take(walk, one)
        holds(walk)
      }
      isFree(walk)
    }),
    { numRuns: 600 },
  )
})

test('a docket that is left alone ends its window and, once purged, closes', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30, size: 'max' }), (steps) => {
      const walk = start('window-open')
      for (const one of steps) take(walk, one)
      const tick = (now: Instant) => {
        const decision = decideDocket(walk.docket, { do: 'clock' }, asker('weir'), now, POLICY)
        assert.ok(decision.ok)
        walk.docket = decision.events.reduce(evolveDocket, walk.docket)
      }
      const later = instant(Math.max(walk.now, at(200)) + 40 * DAY)
      tick(later)
      assert.notEqual(walk.docket.state, 'window-open')
      if (walk.docket.state !== 'closing') return
      const purge = { do: 'purged', receiptDigest: 'a'.repeat(64) } as const
      const purged = decideDocket(walk.docket, purge, asker('weir'), later, POLICY)
      if (purged.ok) walk.docket = purged.events.reduce(evolveDocket, walk.docket)
      tick(instant(later + POLICY.receiptDays * DAY))
      assert.equal(walk.docket.state, 'closed')
    }),
    { numRuns: 150 },
  )
})
