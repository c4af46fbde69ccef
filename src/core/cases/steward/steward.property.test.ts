import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Id } from '../../kernel/id.ts'
import { HOUR, type Instant, instant } from '../../kernel/instant.ts'
import { decideSteward } from './decide-steward.ts'
import { evolveSteward, replaySteward } from './evolve-steward.ts'
import { nameIn, openStewardship } from './open-stewardship.ts'
import type { StewardAsker, StewardCommand } from './steward-command.ts'
import type { StewardEvent } from './steward-event.ts'
import { STEWARD_REFUSALS } from './steward-refusal.ts'
import { STEWARD_POLICY, type Stewardship } from './stewardship.ts'

const NAMES = ['ada', 'bo', 'cy', 'coordinator-1', 'coordinator-2']
const one = fc.constantFrom(...NAMES).map((name) => ({
  person: `per_${name}` as Id<'person'>,
  organisation: `org_${name}` as Id<'organisation'>,
}))
const asker: fc.Arbitrary<StewardAsker> = fc.oneof(
  {
    weight: 8,
    arbitrary: one.map((who) => ({ kind: 'person' as const, ...who, coordinator: who.person.includes('coordinator') })),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'machine' as const }) },
)
const digest = fc.constantFrom('a'.repeat(64), 'b'.repeat(64), 'not one')
const forks = fc.constantFrom(null, 'pkg:npm/x', 'pkg:npm/X', 'pkg:npm/x?repository_url=h', 'pkg:npm/y', 'pkg:npm/y@1', '%')
const command: fc.Arbitrary<StewardCommand> = fc.oneof(
  fc.record({ do: fc.constant('assign' as const), lead: one }),
  fc.record({ do: fc.constant('assess' as const), canCarry: fc.boolean(), assessment: digest }),
  fc.record({ do: fc.constant('join' as const), coLead: one }),
  fc.record({
    do: fc.constant('route-fix' as const),
    route: fc.constantFrom('fork' as const, 'patch-set' as const),
    fork: forks,
  }),
  fc.record({ do: fc.constant('escalate' as const), why: fc.constantFrom('too-large' as const, 'contested' as const) }),
  fc.constantFrom<StewardCommand>({ do: 'confirm' }, { do: 'check-in' }, { do: 'step-down' }, { do: 'clock' }),
)
// Clocks jump, also backwards.
// Half of the commands are by whoever can give them, so that walks get far.
const step = fc.record({ command, asker, fitting: fc.boolean(), hours: fc.integer({ min: -50, max: 24 * 5 }) })
const ALL: readonly StewardAsker[] = NAMES.map((name) => ({
  kind: 'person',
  person: `per_${name}` as Id<'person'>,
  organisation: `org_${name}` as Id<'organisation'>,
  coordinator: name.includes('coordinator'),
}))

function start(): { care: Stewardship; events: StewardEvent[]; now: Instant } {
  const now = instant(1_793_000_000_000)
  const abandoned = { kind: 'declared', at: now, digest: 'a'.repeat(64) } as const
  const who = {
    kind: 'person',
    person: 'per_c' as Id<'person'>,
    organisation: 'org_c' as Id<'organisation'>,
    coordinator: true,
  } as const
  const decision = openStewardship({ target: 'pkg:npm/x', abandoned }, who, now, STEWARD_POLICY)
  assert.ok(decision.ok)
  return { care: replaySteward(decision.events)!, events: [...decision.events], now }
}

test('whatever anybody does in whatever order: leads are two people, no name is taken, deadlines do not pass unseen', () => {
  const reached = new Set<string>()
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30, size: 'max' }), (steps) => {
      const world = start()
      for (const { command, asker: drawn, fitting, hours } of steps) {
        world.now = instant(world.now + hours * HOUR)
        const before = world.care
        const can = ALL.find((who) => decideSteward(before, command, who, world.now, STEWARD_POLICY).ok)
        const asker = (fitting ? can : null) ?? drawn
        const frozen = JSON.stringify(before)
        const decision = decideSteward(before, command, asker, world.now, STEWARD_POLICY)
        assert.equal(JSON.stringify(before), frozen)
        if (!decision.ok) {
          assert.ok(decision.code in STEWARD_REFUSALS)
          continue
        }
        for (const event of decision.events) world.care = evolveSteward(world.care, event)
        world.events.push(...decision.events)
        const { care, now } = world
        reached.add(care.state)
        assert.ok(care.lead === null || care.lead.person !== care.coLead?.person)
        assert.ok(care.routes.every(({ fork }) => fork === null || nameIn(fork) !== 'pkg:npm/x'))
        if (care.state !== 'escalated') assert.ok(care.dueAt > now, 'a deadline that has passed has escalated')
        if (care.state === 'active') assert.ok(care.lead !== null && care.activeAt !== null)
        assert.equal(care.escalated !== null, care.state === 'escalated')
        assert.ok(care.routes.length >= before.routes.length)
      }
      assert.deepEqual(replaySteward(world.events), world.care)
    }),
    { numRuns: 800 },
  )
  assert.equal(reached.size, 4)
})
