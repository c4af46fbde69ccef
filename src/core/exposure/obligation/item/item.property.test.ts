import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { DAY, type Instant, instant } from '../../../kernel/instant.ts'
import { BOD_26_04_DIRECTIVE } from '../../directives/bod-26-04.ts'
import { directiveByRef } from '../../directives/registry.ts'
import { type Change, changed } from '../change.ts'
import { datingOf } from '../dating.ts'
import type { Facts } from '../facts.ts'
import { oblige } from '../oblige.ts'
import { dateIt, redate } from '../redate.ts'
import { NO_SIGNALS } from '../signals.ts'
import { decideItem, openItem } from './decide-item.ts'
import { evolveItem, replayItem } from './evolve-item.ts'
import type { ItemCommand } from './item-command.ts'
import type { ItemEvent } from './item-event.ts'

const EPOCH = Date.UTC(2026, 11, 1)
const moment = fc.integer({ min: 0, max: 200 }).map((half) => instant(EPOCH + (half * DAY) / 2))
const said = <T>(value: fc.Arbitrary<T>) =>
  fc.option(fc.record({ value, by: fc.constant('feed:x'), source: fc.constant('x'), at: fc.option(moment) }))
const entry = fc.record({
  cve: fc.constant('CVE-2026-1'),
  added: moment,
  precision: fc.constant('day' as const),
  due: fc.option(moment),
  triage: fc.option(fc.boolean()),
  action: fc.constant(''),
  notes: fc.constant(''),
})
const kev = said(fc.option(entry))
const yes = said(fc.constantFrom('N' as const, 'Y' as const))
const reach = said(fc.constantFrom('P' as const, 'T' as const))
const exposure = said(fc.constantFrom('public' as const, 'internal' as const))
const facts: fc.Arbitrary<Facts> = fc.record({
  flaw: fc.constant('CVE-2026-1'),
  cve: fc.constant('CVE-2026-1'),
  signals: fc.record({ kev, automatable: yes, impact: reach }).map((part) => ({ ...NO_SIGNALS, ...part })),
  assets: exposure.map((one) => ({ exposure: one, environment: null, unit: null, type: null })),
  identified: moment,
  humanImpact: fc.constant(null),
  bound: fc.constant(true),
})
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ of: fc.constant('kev' as const), at: moment, kev }),
  fc.record({ of: fc.constant('epss' as const), at: moment, epss: said(fc.constantFrom(0, 0.5)) }),
  fc.record({ of: fc.constant('ssvc' as const), at: moment, exploitation: fc.constant(null), automatable: yes, impact: reach }),
  fc.record({ of: fc.constant('exposure' as const), at: moment, exposure }),
  fc.record({ of: fc.constant('identified' as const), at: moment, identified: moment }),
  fc.record({
    of: fc.constant('directive' as const),
    at: moment,
    directive: fc.constantFrom('bod-26-04/1.0.0', 'kev-dates/1.0.0'),
  }),
)
const choice = fc.constantFrom('from-first' as const, 'from-change' as const)

test('whatever changes in whatever order, no date is lost: each one follows from the one before it', () => {
  fc.assert(
    fc.property(facts, fc.array(change, { maxLength: 12 }), choice, (first, changes, clock) => {
      let directive = BOD_26_04_DIRECTIVE
      let dated = dateIt(directive, first, clock)
      const seen = [dated.dating]
      for (const one of changes) {
        if (one.of === 'directive') directive = directiveByRef(one.directive)!
        dated = redate(dated, one, directive)
        if (dated.dating !== seen.at(-1)) seen.push(dated.dating)
      }
      assert.deepEqual(
        dated.history.map(({ from }) => from),
        seen.slice(0, -1),
      )
      assert.deepEqual(
        dated.history.map(({ to }) => to),
        seen.slice(1),
      )
      assert.deepEqual(dated.facts, changes.reduce(changed, first))
      // The clock that counts from the first start knows no history; the other never gives less time.
      const fresh = datingOf(oblige(directive, dated.facts, 'from-first'))
      if (clock === 'from-first') assert.deepEqual([dated.dating.due, dated.dating.tier], [fresh.due, fresh.tier])
      else assert.ok((dated.dating.due ?? Infinity) >= (fresh.due ?? Infinity))
    }),
    { numRuns: 500 },
  )
})

test('changes of different things give the same date in any order', () => {
  const bundle = fc.record({ kev, automatable: yes, impact: reach, exposure, at: moment, identified: moment })
  fc.assert(
    fc.property(facts, bundle, fc.nat(), (first, new_, seed) => {
      const changes: Change[] = [
        { of: 'kev', at: new_.at, kev: new_.kev },
        { of: 'ssvc', at: new_.at, exploitation: null, automatable: new_.automatable, impact: new_.impact },
        { of: 'exposure', at: new_.at, exposure: new_.exposure },
        { of: 'identified', at: new_.at, identified: new_.identified },
      ]
      const turned = changes.map((_, n) => changes[(n + seed) % changes.length]!)
      const end = (list: readonly Change[]) =>
        list.reduce((dated, one) => redate(dated, one, BOD_26_04_DIRECTIVE), dateIt(BOD_26_04_DIRECTIVE, first)).dating
      const [a, b] = [end(changes), end(turned)]
      assert.deepEqual([a.due, a.tier, a.row, a.inputs], [b.due, b.tier, b.row, b.inputs])
    }),
    { numRuns: 500 },
  )
})

const asset = fc.constantFrom('a', 'b', 'c')
const some = fc.oneof(fc.constant('all' as const), fc.array(asset, { maxLength: 3 }))
const text = fc.constantFrom('', 'done')
const command: fc.Arbitrary<ItemCommand> = fc.oneof(
  change.map((one) => ({ do: 'change' as const, change: one })),
  fc.record({ do: fc.constantFrom('remediate' as const, 'mitigate' as const), assets: some, evidence: text }),
  fc.record({ do: fc.constant('defer' as const), reason: text, until: moment }),
  fc.constant({ do: 'end-deferral' as const }),
  fc.constant({ do: 'clock' as const }),
  fc.record({ do: fc.constant('reopen' as const), assets: some, reason: text }),
  fc.record({
    do: fc.constant('state-not-affected' as const),
    assets: some,
    claim: fc.record({
      author: text,
      source: fc.constantFrom('operator' as const, 'record' as const),
      document: fc.constant(null),
      status: fc.constantFrom('not-affected' as const, 'fixed' as const),
      justification: fc.constantFrom(null, 'component_not_present'),
      detail: text,
      at: moment,
    }),
  }),
  fc.record({
    do: fc.constant('triage-step' as const),
    step: fc.constantFrom('scope' as const, 'collect' as const, 'analyse' as const),
    found: fc.constantFrom(null, 'nothing' as const),
  }),
)

test('the events replay to the state; a deferral always has an end, and what is settled says by what', () => {
  fc.assert(
    fc.property(facts, fc.array(fc.tuple(command, moment), { maxLength: 20 }), (first, steps) => {
      const turn = (now: Instant) => ({ by: null, now, directive: BOD_26_04_DIRECTIVE, find: directiveByRef })
      const opened = openItem(null, 'one', first, 'from-first', turn(instant(EPOCH)))
      assert.ok(opened.ok)
      const events: ItemEvent[] = [...opened.events]
      let item = replayItem(events)!
      for (const [one, now] of steps.toSorted((a, b) => a[1] - b[1])) {
        const under = directiveByRef(item.dating.directive)!
        const decision = decideItem(item, one, { ...turn(now), directive: under })
        if (!decision.ok) continue
        events.push(...decision.events)
        item = decision.events.reduce<typeof item>(evolveItem, item)
        assert.equal(item.state === 'deferred', item.deferral !== null)
        assert.ok(item.deferral === null || item.deferral.until > now)
        assert.ok(item.state !== 'remediated' || item.done?.how === 'remediated')
        assert.ok(item.state !== 'not-affected' || item.notAffected !== null)
        assert.ok(item.parts.every(({ how, claim }) => (how === 'not-affected') === (claim !== undefined)))
        const fresh = oblige(directiveByRef(item.dating.directive)!, item.facts)
        assert.deepEqual([item.dating.due, item.dating.tier], [fresh.due, fresh.tier.key])
      }
      assert.deepEqual(replayItem(JSON.parse(JSON.stringify(events))), JSON.parse(JSON.stringify(item)))
      assert.equal(item.version, events.length)
    }),
    { numRuns: 300 },
  )
})

test('the first identification counts, whenever one learns of it', () => {
  fc.assert(
    fc.property(facts, fc.array(moment, { minLength: 1, maxLength: 6 }), (first, moments) => {
      const end = moments.map((at): Change => ({ of: 'identified', at, identified: at })).reduce(changed, first)
      assert.equal(end.identified, Math.min(first.identified!, ...moments))
    }),
  )
})
