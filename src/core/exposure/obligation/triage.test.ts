import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatInstant, parseInstant } from '../../kernel/instant.ts'
import type { Facts } from './facts.ts'
import { type KevEntry, NO_SIGNALS } from './signals.ts'
import { leads, triageOf } from './triage.ts'

const at = (text: string) => parseInstant(text)!
const entry: KevEntry = {
  cve: 'CVE-2026-1',
  added: at('2026-12-01T00:00:00Z'),
  precision: 'day',
  due: null,
  triage: null,
  action: '',
  notes: '',
}
const facts = (kev: KevEntry | null, identified: string | null = '2026-11-01T08:00:00Z'): Facts => ({
  flaw: 'CVE-2026-1',
  cve: 'CVE-2026-1',
  signals: { ...NO_SIGNALS, kev: { value: kev, by: 'feed:kev', source: 'kev', at: null } },
  assets: { exposure: null, environment: null, unit: null, type: null },
  identified: identified === null ? null : at(identified),
  humanImpact: null,
  bound: true,
})

test('three clocks run from the listing; collecting comes before patching; the hours are marked', () => {
  const triage = triageOf(true, facts(entry))!
  assert.deepEqual(
    triage.steps.map(({ step, due, beforePatching, singleSource }) => [
      step,
      formatInstant(due!),
      beforePatching,
      singleSource,
    ]),
    [
      ['scope', '2026-12-01T02:00:00.000Z', false, true],
      ['collect', '2026-12-02T00:00:00.000Z', true, true],
      ['analyse', '2026-12-04T00:00:00.000Z', false, true],
    ],
  )
  assert.deepEqual([triage.precision, triage.because], ['day', ['row']])
  assert.ok(triage.steps.every(({ dueFromIdentified }) => dueFromIdentified === null))
})

test('found after the listing, each step also says when it is due from the finding', () => {
  const [scope] = triageOf(true, facts(entry, '2026-12-20T08:00:00Z'))!.steps
  assert.equal(formatInstant(scope!.dueFromIdentified!), '2026-12-20T10:00:00.000Z')
})

test('the catalogue may ask for triage where the row does not; where neither does, none is owed', () => {
  assert.deepEqual(triageOf(false, facts({ ...entry, triage: true }))?.because, ['kev'])
  assert.equal(triageOf(false, facts({ ...entry, triage: false })), null)
  assert.equal(triageOf(false, facts(null)), null)
})

test('what to look for is what the notes label so, and nothing else', () => {
  const notes =
    'https://vendor.example/advisory ; Forensics Triage Requirements: https://cisa.example/triage?a=1;b=2 ; IOCs: http://cisa.example/ioc ; https://nvd.nist.gov/vuln/detail/CVE-2026-1'
  assert.deepEqual(leads({ notes }), [
    { label: 'Forensics Triage Requirements', address: 'https://cisa.example/triage?a=1;b=2' },
    { label: 'IOCs', address: 'http://cisa.example/ioc' },
  ])
  assert.deepEqual(
    leads({ notes: 'https://vendor.example/a;Triage Requirements: https://cisa.example/t;Indicators: https://cisa.example/i' }),
    [
      { label: 'Triage Requirements', address: 'https://cisa.example/t' },
      { label: 'Indicators', address: 'https://cisa.example/i' },
    ],
  )
  assert.deepEqual(leads({ notes: '' }), [])
  assert.ok(leads({ notes: 'triage: https://a '.repeat(100_000) }).length <= 20)
  assert.ok(leads({ notes: `triage: https://a.example ; `.repeat(1_000) }).length === 20)
})
