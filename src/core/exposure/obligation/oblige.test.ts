import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatInstant, type Instant, parseInstant } from '../../kernel/instant.ts'
import { BOD_26_04_DIRECTIVE } from '../directives/bod-26-04.ts'
import { KEV_DATES } from '../directives/kev-dates.ts'
import { NO_DIRECTIVE } from '../directives/no-directive.ts'
import { SSVC_DEPLOYER } from '../directives/ssvc-deployer.ts'
import type { Facts } from './facts.ts'
import { oblige } from './oblige.ts'
import { sayAnalogy, sayMetadata, sayReading } from './sentences.ts'
import { type KevEntry, NO_SIGNALS, type Signals } from './signals.ts'

const at = (text: string) => parseInstant(text)!
const said = <T>(value: T) => ({ value, by: 'feed:test', source: 'test', at: null })
const show = (due: Instant | null) => (due === null ? null : formatInstant(due))
const entry = (added: string, more: Partial<KevEntry> = {}): KevEntry => ({
  cve: 'CVE-2026-1',
  added: at(added),
  precision: 'day',
  due: null,
  triage: null,
  action: '',
  notes: '',
  ...more,
})
const facts = (
  signals: Partial<Signals>,
  more: Partial<Facts> = {},
  exposure: 'public' | 'internal' | null = 'public',
): Facts => ({
  flaw: 'CVE-2026-1',
  cve: 'CVE-2026-1',
  signals: { ...NO_SIGNALS, kev: said(null), automatable: said('N'), impact: said('P'), ...signals },
  assets: { exposure: exposure === null ? null : said(exposure), environment: null, unit: null, type: null },
  identified: at('2026-12-10T15:00:00Z'),
  humanImpact: null,
  bound: true,
  ...more,
})
const bod = (...args: Parameters<typeof facts>) => oblige(BOD_26_04_DIRECTIVE, facts(...args))

test('the date is the end of the last calendar day in UTC, not counting the day of the start', () => {
  assert.equal(show(bod({ automatable: said('Y'), impact: said('T') }).due), '2026-12-13T23:59:59.999Z')
  assert.equal(show(bod({}).due), '2027-02-08T23:59:59.999Z')
  const late = facts({ impact: said('T') }, { identified: at('2026-12-10T23:59:59Z') })
  assert.equal(show(oblige(BOD_26_04_DIRECTIVE, late).due), '2026-12-24T23:59:59.999Z')
})

test('each input says who judged it; an unknown exposure counts as exposed and is marked', () => {
  const { row, inputs, tier } = bod({ automatable: said('Y'), impact: said('T') }, {}, null)
  assert.deepEqual([row, tier.key], [5, '3D'])
  assert.deepEqual(
    inputs.map(({ input, value, by, assumed }) => [input, value, by, assumed !== null]),
    [
      ['publicly-exposed', 'Y', 'weir', true],
      ['in-kev', 'N', 'feed:test', false],
      ['automatable', 'Y', 'feed:test', false],
      ['technical-impact', 'T', 'feed:test', false],
    ],
  )
})

test('what next upgrade means has no date, and says so', () => {
  const inside = bod({}, {}, 'internal')
  assert.deepEqual([inside.row, inside.tier.key, inside.due], [16, 'FSU', null])
  assert.match(sayReading(inside.readings[0]!, inside), /no days are counted/)
})

test('missing SSVC: both readings are given, the earlier counts', () => {
  const none = { automatable: null, impact: null }
  const out = bod(none)
  assert.deepEqual([out.metadata, out.row, out.tier.key], ['no-and-total', 7, '14D'])
  assert.deepEqual(
    out.outcomes.map(({ metadata, tier }) => [metadata, tier.key]),
    [
      ['no-and-total', '14D'],
      ['sixty-days', '60D'],
    ],
  )
  assert.match(sayMetadata(out)!, /14|earlier/)
  const inside = bod(none, {}, 'internal')
  assert.deepEqual([inside.metadata, inside.row, inside.tier.key], ['sixty-days', null, '60D'])
  assert.equal(bod({ automatable: said('Y'), impact: null }).tier.key, '3D')
  assert.equal(bod({ automatable: null, kev: said(entry('2026-12-01T00:00:00Z')) }).tier.key, '14D')
})

test('the clock starts with the earlier of listing and identification', () => {
  const before = bod({ kev: said(entry('2026-12-01T00:00:00Z')) })
  assert.deepEqual([before.start?.because, show(before.due)], ['kev-added', '2026-12-15T23:59:59.999Z'])
  const nobody = bod({ kev: said(entry('2026-12-01T00:00:00Z')) }, { identified: null })
  assert.deepEqual([nobody.start, nobody.due, nobody.tier.key], [null, null, '14D'])
})

test('listed after it was found: both clocks are shown, and the choice decides which counts', () => {
  const found = facts({ impact: said('T'), kev: said(entry('2027-01-09T00:00:00Z')) })
  const first = oblige(BOD_26_04_DIRECTIVE, found)
  assert.deepEqual(
    first.readings.map(({ reading, due, counts }) => [reading, show(due), counts]),
    [
      ['from-first', '2026-12-13T23:59:59.999Z', true],
      ['from-change', '2027-01-12T23:59:59.999Z', false],
    ],
  )
  assert.match(sayReading(first.readings[1]!, first), /3 calendar days after 2027-01-09/)
  assert.equal(show(oblige(BOD_26_04_DIRECTIVE, found, 'from-change').due), '2027-01-12T23:59:59.999Z')
})

test('the date that KEV assigns stands beside the computed one, and is the date where a rule goes by it', () => {
  const listed = facts({ kev: said(entry('2026-12-01T00:00:00Z', { due: at('2026-12-22T00:00:00Z') })) })
  const both = oblige(BOD_26_04_DIRECTIVE, listed)
  assert.equal(show(both.due), '2026-12-15T23:59:59.999Z')
  assert.deepEqual(both.readings.map(({ reading, due, counts }) => [reading, show(due), counts]).at(-1), [
    'assigned',
    '2026-12-22T23:59:59.999Z',
    false,
  ])
  assert.equal(show(oblige(KEV_DATES, listed).due), '2026-12-22T23:59:59.999Z')
  assert.deepEqual([oblige(KEV_DATES, facts({})).tier.key, oblige(KEV_DATES, facts({})).due], ['NOT-LISTED', null])
})

test('outside a directive it is an analogy, and says why', () => {
  assert.equal(sayAnalogy(bod({})), null)
  assert.deepEqual(bod({}, { cve: null, bound: false }).analogy, ['no-cve', 'not-bound'])
  assert.deepEqual(bod({}, { bound: null }).analogy, ['nobody-said-bound'])
  assert.match(sayAnalogy(bod({}, { cve: null }))!, /analogy, no finding of compliance.*no CVE id/)
  assert.deepEqual(oblige(SSVC_DEPLOYER, facts({})).analogy, ['own-choice'])
})

test('SSVC orders and sets no days; no rule sets nothing', () => {
  const now = oblige(SSVC_DEPLOYER, facts({ automatable: said('Y'), kev: said(entry('2026-12-01T00:00:00Z')) }))
  assert.deepEqual([now.tier.name, now.due, now.inputs[0]!.value], ['Out-of-Cycle', null, 'A'])
  assert.notEqual(now.inputs.find(({ input }) => input === 'human-impact')?.assumed, null)
  const hospital = { automatable: said('Y' as const), kev: said(entry('2026-12-01T00:00:00Z')) }
  assert.equal(oblige(SSVC_DEPLOYER, facts(hospital, { humanImpact: said('VH') })).tier.name, 'Immediate')
  assert.deepEqual([oblige(NO_DIRECTIVE, facts({})).tier.otherwise, oblige(NO_DIRECTIVE, facts({})).due], ['nothing', null])
})

test('no catalogue at all counts as not listed, and is marked', () => {
  const input = bod({ kev: null }).inputs.find((one) => one.input === 'in-kev')!
  assert.deepEqual([input.value, input.assumed !== null], ['N', true])
})

test('a date at the end of time is held there', () => {
  const far = bod({}, { identified: 8_640_000_000_000_000 as Instant })
  assert.equal(far.due, 8_640_000_000_000_000)
})

test('a listing that leaves the tier as it was starts no second clock', () => {
  const kept = oblige(SSVC_DEPLOYER, facts({ exploitation: said('A'), kev: said(entry('2026-12-11T00:00:00Z')) }))
  assert.deepEqual([kept.since, kept.readings.length], [null, 1])
})
