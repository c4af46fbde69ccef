import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Id } from '../../kernel/id.ts'
import { DAY, type Instant, instant, parseInstant } from '../../kernel/instant.ts'
import { decideSteward } from './decide-steward.ts'
import { evolveSteward } from './evolve-steward.ts'
import { openStewardship } from './open-stewardship.ts'
import type { StewardAsker, StewardCommand } from './steward-command.ts'
import { tallyStewards } from './steward-tally.ts'
import { STEWARD_POLICY, type Steward, type Stewardship } from './stewardship.ts'

const T0 = parseInstant('2026-11-02T12:00:00Z')!
const on = (day: number): Instant => instant(T0 + day * DAY)
const person = (name: string) => `per_${name}` as Id<'person'>
const steward = (name: string): Steward => ({ person: person(name), organisation: `org_${name}` as Id<'organisation'> })
const asker = (name: string): StewardAsker => ({
  kind: 'person',
  ...steward(name),
  coordinator: name.startsWith('coordinator'),
})
const DIGEST = 'a'.repeat(64)
const DECLARED = { kind: 'declared', at: T0, digest: DIGEST } as const

const open = (
  abandoned: Parameters<typeof openStewardship>[0]['abandoned'],
  who = 'coordinator',
  target = 'pkg:npm/left-pad',
) => openStewardship({ target, abandoned }, asker(who), T0, STEWARD_POLICY)
const opened = (): Stewardship => {
  const decision = open(DECLARED)
  assert.ok(decision.ok)
  return decision.events.reduce<Stewardship | null>(evolveSteward, null)!
}
type Step = readonly [day: number, who: string, command: StewardCommand]
const tell = (care: Stewardship, [day, who, command]: Step) => decideSteward(care, command, asker(who), on(day), STEWARD_POLICY)
const play = (...steps: Step[]): Stewardship =>
  steps.reduce((care, step) => {
    const decision = tell(care, step)
    assert.ok(decision.ok, `${step[2].do}: ${decision.ok ? '' : decision.code}`)
    return decision.events.reduce<Stewardship>(evolveSteward, care)
  }, opened())
const code = (care: Stewardship, ...step: Step) => {
  const decision = tell(care, step)
  return decision.ok ? 'ok' : decision.code
}

const ASSIGN: Step = [1, 'coordinator', { do: 'assign', lead: steward('lead') }]
const ASSESS: Step = [3, 'lead', { do: 'assess', canCarry: true, assessment: DIGEST }]
const CONFIRM: Step = [4, 'coordinator', { do: 'confirm' }]
const ACTIVE = [ASSIGN, ASSESS, CONFIRM]
const clock = (day: number): Step => [day, 'coordinator', { do: 'clock' }]

describe('opening', () => {
  const silent = (sign: number | null, letter: number) =>
    open({ kind: 'silent', lastSignAt: sign === null ? null : on(sign), firstLetterAt: on(letter) })
  const said = (decision: ReturnType<typeof open>) => (decision.ok ? 'ok' : decision.code)

  test('needs 90 days without a sign and without an answer to a letter', () => {
    assert.equal(said(silent(-400, -90)), 'ok')
    assert.equal(said(silent(-400, -89)), 'silence.too-short')
    assert.equal(said(silent(-89, -200)), 'silence.too-short')
    assert.equal(said(silent(null, -90)), 'ok')
    assert.equal(said(silent(-400, 1)), 'silence.future')
  })

  test('or the maintainer’s own word, and a coordinator and a package', () => {
    assert.equal(said(open(DECLARED)), 'ok')
    assert.equal(said(open({ ...DECLARED, digest: 'none' })), 'digest.malformed')
    assert.equal(said(open({ ...DECLARED, at: on(1) })), 'silence.future')
    assert.equal(said(open(DECLARED, 'lead')), 'asker.not-coordinator')
    assert.equal(said(open(DECLARED, 'coordinator', 'pkg:npm/left-pad@1.0.0')), 'target.malformed')
    assert.equal(said(open(DECLARED, 'coordinator', 'left-pad')), 'target.malformed')
  })
})

describe('from unassigned to active', () => {
  test('a lead is asked, assesses, and another person confirms', () => {
    assert.deepEqual([opened().state, opened().dueAt], ['unassigned', on(14)])
    const assessing = play(ASSIGN)
    assert.deepEqual([assessing.state, assessing.dueAt, assessing.lead?.person], ['assessing', on(15), person('lead')])
    const active = play(...ACTIVE)
    assert.deepEqual([active.state, active.dueAt, active.activeAt], ['active', on(34), on(4)])
  })

  test('nobody assigns themselves, confirms their own work, or confirms what was not handed in', () => {
    assert.equal(code(opened(), 1, 'lead', { do: 'assign', lead: steward('lead') }), 'asker.not-coordinator')
    assert.equal(code(play(ASSIGN), 2, 'coordinator', { do: 'confirm' }), 'assessment.none')
    assert.equal(code(play(ASSIGN), 2, 'other', { do: 'assess', canCarry: true, assessment: DIGEST }), 'asker.not-lead')
    const own = play([1, 'coordinator', { do: 'assign', lead: steward('coordinator-2') }], [2, 'coordinator-2', ASSESS[2]])
    assert.equal(code(own, 3, 'coordinator-2', { do: 'confirm' }), 'asker.same-person')
    assert.equal(code(own, 3, 'coordinator', { do: 'confirm' }), 'ok')
  })

  test('a lead who cannot carry it says so, and a coordinator has to find another way', () => {
    const care = play(ASSIGN, [2, 'lead', { do: 'assess', canCarry: false, assessment: DIGEST }])
    assert.deepEqual([care.state, care.escalated, care.lead, care.dueAt], ['escalated', 'cannot-carry', null, on(16)])
  })
})

describe('the clock escalates', () => {
  test('at the very instant of each deadline, and once', () => {
    assert.equal(play(clock(13)).state, 'unassigned')
    assert.deepEqual([play(clock(14)).state, play(clock(14)).escalated], ['escalated', 'nobody-found'])
    assert.equal(play(ASSIGN, clock(15)).escalated, 'assessment-overdue')
    const missed = play(...ACTIVE, clock(34))
    assert.deepEqual([missed.escalated, missed.lead?.person, missed.dueAt], ['check-in-missed', person('lead'), on(48)])
    const again = tell(missed, clock(400))
    assert.ok(again.ok && again.events.length === 0)
  })

  test('before it looks at a command, so that nobody reaches back behind a deadline', () => {
    assert.equal(
      code(play(...ACTIVE), 40, 'lead', { do: 'route-fix', route: 'patch-set', fork: null }),
      'stewardship.wrong-state',
    )
    const decision = tell(opened(), [20, 'coordinator', { do: 'assign', lead: steward('lead') }])
    assert.ok(decision.ok)
    assert.deepEqual(
      decision.events.map(({ type }) => type),
      ['stewardship-escalated', 'lead-assigned'],
    )
  })

  test('a lead who only missed a check-in comes back by checking in; any other escalation needs a coordinator', () => {
    const back = play(...ACTIVE, clock(40), [41, 'lead', { do: 'check-in' }])
    assert.deepEqual([back.state, back.escalated, back.dueAt], ['active', null, on(71)])
    const contested = play(...ACTIVE, [10, 'coordinator', { do: 'escalate', why: 'contested' }])
    assert.equal(code(contested, 11, 'lead', { do: 'check-in' }), 'stewardship.wrong-state')
    assert.equal(code(play(...ACTIVE), 10, 'other', { do: 'check-in' }), 'asker.not-steward')
  })
})

describe('lead and co-lead', () => {
  const joined: Step = [5, 'lead', { do: 'join', coLead: steward('second') }]

  test('are two people, and the co-lead takes over', () => {
    assert.equal(code(play(...ACTIVE), 5, 'lead', { do: 'join', coLead: steward('lead') }), 'lead.same-person')
    assert.equal(code(play(...ACTIVE), 5, 'second', { do: 'join', coLead: steward('second') }), 'asker.not-lead')
    const over = play(...ACTIVE, joined, [6, 'lead', { do: 'step-down' }])
    assert.deepEqual([over.state, over.lead?.person, over.coLead, over.dueAt], ['active', person('second'), null, on(34)])
    assert.equal(play(...ACTIVE, joined, [6, 'second', { do: 'step-down' }]).lead?.person, person('lead'))
    assert.equal(code(play(...ACTIVE, joined), 6, 'lead', { do: 'join', coLead: steward('third') }), 'co-lead.exists')
  })

  test('without a co-lead the package is unassigned again, with a new deadline', () => {
    const care = play(...ACTIVE, [6, 'lead', { do: 'step-down' }])
    assert.deepEqual([care.state, care.lead, care.dueAt], ['unassigned', null, on(20)])
  })
})

describe('a fix', () => {
  const route = (fork: string | null, by: 'fork' | 'patch-set' = 'fork') =>
    code(play(...ACTIVE), 6, 'lead', { do: 'route-fix', route: by, fork })

  test('never takes the package’s name, however it is spelled or wherever it is served from', () => {
    assert.equal(route('pkg:npm/left-pad'), 'name.never-taken')
    assert.equal(route('pkg:npm/Left-Pad'), 'name.never-taken')
    assert.equal(route('pkg:npm/left-pad?repository_url=registry.example.org'), 'name.never-taken')
    assert.equal(route('pkg:npm/%40weir/left-pad'), 'ok')
    assert.equal(route('left-pad-2'), 'target.malformed')
    assert.equal(route(null), 'fork.name-missing')
    assert.equal(route('pkg:npm/other', 'patch-set'), 'fork.name-missing')
    assert.equal(route(null, 'patch-set'), 'ok')
  })
})

test('a maintainer who comes back or says no ends it, in every state, and nothing happens after that', () => {
  for (const steps of [[], [ASSIGN], ACTIVE, [clock(14)]]) {
    const care = play(...steps, [20, 'coordinator', { do: 'end', why: 'maintainer-back' }])
    assert.deepEqual(care.ended, { at: on(20), why: 'maintainer-back' })
    assert.equal(code(care, 21, 'coordinator', { do: 'assign', lead: steward('lead') }), 'stewardship.ended')
    assert.ok(tell(care, clock(90)).ok)
  }
})

test('public counts withhold what is small and name no package', () => {
  const some = (count: number, ...steps: Step[]) => Array.from({ length: count }, () => play(...steps))
  const tally = tallyStewards([...some(12), ...some(9, ...ACTIVE), ...some(7, clock(14)), ...some(2, ASSIGN)], on(20))
  assert.equal(tally.byState['assessing'], null)
  assert.ok(Object.values(tally.byState).filter((cell) => cell === null).length >= 2)
  assert.equal(tally.byState['unassigned'], 12)
  assert.deepEqual(tally.byDue, { overdue: 14, 'in-time': 16 })
  assert.ok(!JSON.stringify(tally).includes('left-pad'))
})
