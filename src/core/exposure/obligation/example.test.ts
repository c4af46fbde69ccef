// The example of docs/obligations.md, by its numbers.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatInstant, type Instant, parseInstant } from '../../kernel/instant.ts'
import { BOD_26_04_DIRECTIVE } from '../directives/bod-26-04.ts'
import { explain } from './explain.ts'
import { type Dated, dateIt, redate } from './redate.ts'
import { sayChange } from './sentences.ts'
import { NO_SIGNALS } from './signals.ts'

const at = (text: string) => parseInstant(text)!
const said = <const T>(value: T, when: Instant | null = null) => ({ value, by: 'feed:test', source: 'test', at: when })
const day = (due: Instant | null | undefined) => (due == null ? null : formatInstant(due).slice(0, 10))
const both = (dated: Dated) => explain(dated, BOD_26_04_DIRECTIVE).readings.map(({ reading, due }) => [reading, day(due)])

test('the example of the document comes out by its numbers', () => {
  const found = dateIt(BOD_26_04_DIRECTIVE, {
    flaw: 'CVE-2026-1',
    cve: 'CVE-2026-1',
    signals: { ...NO_SIGNALS, kev: said(null), automatable: said('N'), impact: said('T') },
    assets: { exposure: said('public'), environment: null, unit: null, type: null },
    identified: at('2026-12-10T15:00:00Z'),
    humanImpact: null,
    bound: true,
  })
  assert.deepEqual([found.dating.row, found.dating.days, formatInstant(found.dating.due!)], [7, 14, '2026-12-24T23:59:59.999Z'])
  const entry = {
    cve: 'CVE-2026-1',
    added: at('2026-12-20T00:00:00Z'),
    precision: 'day' as const,
    due: null,
    triage: null,
    action: '',
    notes: '',
  }
  const listed = redate(found, { of: 'kev', at: at('2026-12-20T18:00:00Z'), kev: said(entry) }, BOD_26_04_DIRECTIVE)
  assert.deepEqual([listed.dating.row, listed.dating.tier], [3, '3DF'])
  assert.deepEqual(both(listed), [
    ['from-first', '2026-12-13'],
    ['from-change', '2026-12-23'],
  ])
  const { triage } = explain(listed, BOD_26_04_DIRECTIVE)
  assert.deepEqual(
    triage!.steps.map(({ due }) => formatInstant(due!).slice(0, 16)),
    ['2026-12-20T02:00', '2026-12-21T00:00', '2026-12-23T00:00'],
  )
  const inside = redate(
    listed,
    { of: 'exposure', at: at('2026-12-21T10:00:00Z'), exposure: said('internal', at('2026-12-21T09:30:00Z')) },
    BOD_26_04_DIRECTIVE,
  )
  assert.deepEqual([inside.dating.row, inside.dating.tier], [11, '14D'])
  assert.deepEqual(both(inside), [
    ['from-first', '2026-12-24'],
    ['from-change', '2027-01-04'],
  ])
  for (const { because } of inside.history) assert.match(sayChange(because), /KEV changed|public networks/)
  assert.deepEqual(
    [inside.history.map(({ from }) => day(from.due)), inside.history.map(({ because }) => because)],
    [
      ['2026-12-24', '2026-12-13'],
      ['kev', 'exposure'],
    ],
  )
})
