import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DAY, formatInstant, type Instant, instant, parseInstant } from '../../../kernel/instant.ts'
import { BOD_26_04_DIRECTIVE } from '../../directives/bod-26-04.ts'
import { directiveByRef } from '../../directives/registry.ts'
import type { Facts } from '../facts.ts'
import { type KevEntry, NO_SIGNALS } from '../signals.ts'
import { decideItem, openItem } from './decide-item.ts'
import { evolveItem, replayItem } from './evolve-item.ts'
import type { ObligationItem, VexClaim } from './item.ts'
import type { ItemCommand } from './item-command.ts'
import type { ItemEvent } from './item-event.ts'
import { assetStandings, isLate, standingAt } from './standing.ts'
import { patchedBeforeCollecting, triageLeft } from './triage-asked.ts'

const at = (text: string) => parseInstant(text)!
const FOUND = at('2026-12-10T15:00:00Z')
const later = (days: number) => instant(FOUND + days * DAY)
const said = <const T>(value: T) => ({ value, by: 'feed:test', source: 'test', at: null })
const LISTED: KevEntry = {
  cve: 'CVE-2026-1',
  added: at('2026-12-20T00:00:00Z'),
  precision: 'day',
  due: null,
  triage: null,
  action: '',
  notes: '',
}
const FACTS: Facts = {
  flaw: 'CVE-2026-1',
  cve: 'CVE-2026-1',
  signals: { ...NO_SIGNALS, kev: said(null), automatable: said('N'), impact: said('T'), epss: said(0.01) },
  assets: { exposure: said('public'), environment: null, unit: null, type: null },
  identified: FOUND,
  humanImpact: null,
  bound: true,
}
const KEV: ItemCommand = { do: 'change', change: { of: 'kev', at: later(12), kev: said(LISTED) } }
const turn = (now: Instant) => ({ by: null, now, directive: BOD_26_04_DIRECTIVE, find: directiveByRef })

/** Given commands, each at its day; the events of all, and the state they replay to. */
function given(...steps: readonly [day: number, command: ItemCommand][]) {
  const opened = openItem(null, 'one', FACTS, 'from-first', turn(FOUND))
  assert.ok(opened.ok)
  const events: ItemEvent[] = [...opened.events]
  for (const [day, command] of steps) {
    const decision = decideItem(replayItem(events)!, command, turn(later(day)))
    assert.ok(decision.ok, `${command.do}: ${JSON.stringify(decision)}`)
    events.push(...decision.events)
  }
  return { events, item: replayItem(events)!, kinds: events.map(({ type }) => type) }
}

function refused(item: ReturnType<typeof given>['item'], day: number, command: ItemCommand): string {
  const decision = decideItem(item, command, turn(later(day)))
  return decision.ok ? 'accepted' : decision.code
}

test('given 14 days, when KEV lists the flaw, then three days, with the old date and the reason kept', () => {
  const { item, kinds } = given([12, KEV])
  assert.deepEqual(kinds, ['item-opened', 'item-redated'])
  const [moved] = item.history
  assert.deepEqual([moved!.because, moved!.from.tier, moved!.to.tier], ['kev', '14D', '3DF'])
  assert.equal(formatInstant(moved!.from.due!), '2026-12-24T23:59:59.999Z')
  assert.equal(formatInstant(item.dating.due!), '2026-12-13T23:59:59.999Z')
  assert.equal(formatInstant(item.dating.since!), '2026-12-20T00:00:00.000Z')
})

test('a change without effect moves nothing, and a probability that decides nothing is not even noted', () => {
  assert.deepEqual(given([1, { do: 'change', change: { of: 'epss', at: later(1), epss: said(0.9) } }]).kinds, ['item-opened'])
  const exploited = { of: 'ssvc', at: later(1), exploitation: said('P'), automatable: said('N'), impact: said('T') } as const
  assert.deepEqual(given([1, { do: 'change', change: exploited }]).kinds, ['item-opened', 'facts-noted'])
})

test('remediated with evidence; settled twice is refused; opened again with a reason', () => {
  const { item } = given([2, { do: 'remediate', assets: 'all', evidence: 'Updated to 1.2.4.' }])
  assert.deepEqual([item.state, item.done?.evidence, isLate(item, later(99))], ['remediated', 'Updated to 1.2.4.', false])
  assert.equal(refused(item, 3, { do: 'remediate', assets: 'all', evidence: 'again' }), 'item.settled')
  assert.equal(refused(item, 3, { do: 'defer', reason: 'x', until: later(9) }), 'item.settled')
  const again = given(
    [2, { do: 'remediate', assets: 'all', evidence: 'Updated.' }],
    [3, { do: 'reopen', assets: 'all', reason: 'The old version came back.' }],
  ).item
  assert.deepEqual([again.state, again.reopenings, isLate(again, later(20))], ['open', 1, true])
  assert.equal(refused(again, 4, { do: 'remediate', assets: 'all', evidence: '  ' }), 'item.no-evidence')
})

test('what is mitigated can still be remediated', () => {
  const { item } = given(
    [1, { do: 'mitigate', assets: 'all', evidence: 'Port closed.' }],
    [5, { do: 'remediate', assets: 'all', evidence: 'Updated.' }],
  )
  assert.equal(item.state, 'remediated')
})

test('an ended deferral revives the date', () => {
  const { item } = given([1, { do: 'defer', reason: 'Waiting for the vendor.', until: later(30) }])
  assert.deepEqual([standingAt(item, later(20)), isLate(item, later(20))], ['deferred', false])
  assert.deepEqual([standingAt(item, later(30)), isLate(item, later(30))], ['open', true])
  const at30 = given([1, { do: 'defer', reason: 'Waiting.', until: later(30) }], [30, { do: 'clock' }])
  assert.equal(at30.item.state, 'open')
  const { item: after, kinds } = given(
    [1, { do: 'defer', reason: 'Waiting.', until: later(30) }],
    [30, { do: 'clock' }],
    [31, { do: 'clock' }],
  )
  assert.deepEqual(kinds, ['item-opened', 'item-deferred', 'deferral-ended'])
  assert.deepEqual([after.state, formatInstant(after.dating.due!)], ['open', '2026-12-24T23:59:59.999Z'])
})

test('a deferral needs a reason and an end that lies ahead and not too far', () => {
  const { item } = given()
  assert.equal(refused(item, 1, { do: 'defer', reason: '', until: later(9) }), 'item.no-reason')
  for (const until of [later(1), later(0), later(400), Number.NaN as Instant])
    assert.equal(refused(item, 1, { do: 'defer', reason: 'x', until }), 'item.bad-end')
  assert.equal(refused(item, 1, { do: 'end-deferral' }), 'item.not-deferred')
})

test('a deferral ends when less time is left than it was granted for, not when more is', () => {
  const defer = [1, { do: 'defer', reason: 'Waiting.', until: later(30) }] as const satisfies [number, ItemCommand]
  assert.deepEqual(given(defer, [12, KEV]).kinds.slice(-2), ['item-redated', 'deferral-ended'])
  const inside: ItemCommand = { do: 'change', change: { of: 'exposure', at: later(3), exposure: said('internal') } }
  assert.equal(given(defer, [3, inside]).item.state, 'deferred')
})

const claim = {
  author: 'vendor',
  source: 'record',
  document: 'vex-1',
  status: 'not-affected',
  justification: 'vulnerable_code_not_present',
  detail: null,
  at: later(1),
} as const

test('single assets are held not affected, by the newest statement of each; opened again they keep the date', () => {
  const by = (author: string) => ({ ...claim, author })
  const { item } = given(
    [1, { do: 'state-not-affected', assets: ['a', 'b'], claim: by('one') }],
    [2, { do: 'state-not-affected', assets: ['b', 'c'], claim: by('two') }],
    [3, { do: 'mitigate', assets: ['c'], evidence: 'Closed.' }],
  )
  const of = assetStandings(item, later(4))
  assert.deepEqual(['a', 'b', 'c', 'd'].map(of), ['not-affected', 'not-affected', 'mitigated', 'open'])
  assert.deepEqual(
    item.parts.map(({ assets, claim: own }) => [assets.join(''), own?.author]),
    [
      ['a', 'one'],
      ['bc', 'two'],
      ['c', undefined],
    ],
  )
  const reopened = decideItem(item, { do: 'reopen', assets: ['a', 'b'], reason: 'Withdrawn.' }, turn(later(5)))
  assert.ok(reopened.ok)
  const after = reopened.events.reduce<ObligationItem>(evolveItem, item)
  assert.deepEqual([assetStandings(after, later(6))('a'), after.dating.due], ['open', item.dating.due])
})

test('who says by hand that something is not affected says why, in a word of VEX and in words', () => {
  const { item } = given()
  const own = { ...claim, source: 'operator', detail: 'The module is not compiled in.' } as const
  const say = (one: Partial<VexClaim>): ItemCommand => ({ do: 'state-not-affected', assets: ['a'], claim: { ...own, ...one } })
  assert.equal(refused(item, 1, say({ justification: null })), 'item.no-reason')
  assert.equal(refused(item, 1, say({ detail: ' ' })), 'item.no-reason')
  assert.equal(refused(item, 1, { do: 'state-not-affected', assets: [], claim: own }), 'item.bad-assets')
  const done = given([1, { do: 'remediate', assets: 'all', evidence: 'Updated.' }]).item
  assert.equal(refused(done, 2, say({})), 'item.settled')
  assert.equal(given([1, say({})]).item.parts[0]?.claim?.detail, own.detail)
})

test('not affected by VEX settles; a reopening brings the date back', () => {
  const { item } = given([1, { do: 'state-not-affected', assets: 'all', claim }])
  assert.deepEqual([item.state, item.notAffected], ['not-affected', claim])
  const { item: again } = given(
    [1, { do: 'state-not-affected', assets: 'all', claim }],
    [2, { do: 'reopen', assets: 'all', reason: 'Withdrawn.' }],
  )
  assert.deepEqual([again.state, again.notAffected, again.dating.due === null], ['open', null, false])
})

test('single assets are done by themselves', () => {
  const { item } = given(
    [1, { do: 'remediate', assets: ['a', 'b'], evidence: 'Updated.' }],
    [2, { do: 'mitigate', assets: ['c'], evidence: 'Closed.' }],
    [3, { do: 'reopen', assets: ['b'], reason: 'Rolled back.' }],
  )
  const of = assetStandings(item, later(4))
  assert.deepEqual(['a', 'b', 'c', 'd'].map(of), ['remediated', 'open', 'mitigated', 'open'])
  assert.equal(refused(item, 5, { do: 'reopen', assets: ['d'], reason: 'x' }), 'item.open')
  assert.equal(refused(item, 5, { do: 'mitigate', assets: [], evidence: 'x' }), 'item.bad-assets')
  assert.equal(refused(item, 5, { do: 'mitigate', assets: ['x'.repeat(201)], evidence: 'x' }), 'item.bad-assets')
})

test('triage is asked for by the row, in three steps, collecting before patching', () => {
  assert.equal(refused(given().item, 1, { do: 'triage-step', step: 'scope', found: null }), 'item.no-triage')
  const { item } = given([12, KEV], [12.05, { do: 'triage-step', step: 'scope', found: null }])
  assert.deepEqual(triageLeft(item, BOD_26_04_DIRECTIVE), ['collect', 'analyse'])
  assert.equal(refused(item, 13, { do: 'triage-step', step: 'collect', found: 'nothing' }), 'item.bad-finding')
  assert.equal(refused(item, 13, { do: 'triage-step', step: 'analyse', found: null }), 'item.bad-finding')
  const patch: [number, ItemCommand] = [13, { do: 'remediate', assets: 'all', evidence: 'Updated.' }]
  const collect: [number, ItemCommand] = [12.5, { do: 'triage-step', step: 'collect', found: null }]
  assert.equal(patchedBeforeCollecting(given([12, KEV], patch).item, BOD_26_04_DIRECTIVE), true)
  assert.equal(patchedBeforeCollecting(given([12, KEV], collect, patch).item, BOD_26_04_DIRECTIVE), false)
})

test('another directive or another version of it re-dates, and one that nobody has is refused', () => {
  const change = (directive: string): ItemCommand => ({ do: 'change', change: { of: 'directive', at: later(1), directive } })
  const { item } = given([1, change('none/1.0.0')])
  assert.deepEqual(
    [item.dating.directive, item.dating.due, item.history[0]!.from.directive],
    ['none/1.0.0', null, 'bod-26-04/1.0.0'],
  )
  assert.equal(refused(item, 2, change('bod-26-04/9.9.9')), 'item.no-directive')
})

test('an id opens once', () => {
  const again = openItem(given().item, 'one', FACTS, 'from-first', turn(FOUND))
  assert.equal(again.ok ? '' : again.code, 'item.exists')
})
