import assert from 'node:assert/strict'
import { test } from 'node:test'
import { funnelCsv } from './funnel-csv.ts'

test('what is withheld is empty, quotes are doubled, and no field is a formula', () => {
  const csv = funnelCsv({
    asOf: '2026-11-19T14:00:00Z',
    missed: [],
    steps: [
      { step: 'found', flaws: 41_377, medianHours: null, held: [] },
      { step: 'sent', flaws: null, medianHours: 2.5, held: [{ why: '=HYPERLINK("x"),y', flaws: null }] },
    ],
  })
  assert.deepEqual(csv.split('\r\n'), ['step,flaws,median_hours,held', 'found,41377,,', `sent,,2.5,"'=HYPERLINK(""x""),y"`])
})
