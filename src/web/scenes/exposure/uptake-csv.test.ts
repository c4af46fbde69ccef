import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fraction, uptakeCsv } from './uptake-csv.ts'

test('what is settled is counted of all that was owed; nothing owed is no fraction', () => {
  assert.equal(fraction({ open: 3, settled: 1 }), 0.25)
  assert.equal(fraction({ open: 0, settled: 0 }), null)
})

test('the table says both counts and the fraction', () => {
  const points = [
    { at: '2026-11-18T00:00:00.000Z', open: 0, settled: 0 },
    { at: '2026-11-19T00:00:00.000Z', open: 2, settled: 1 },
  ]
  assert.equal(
    uptakeCsv({ points }),
    'at,settled,open,patched_fraction\r\n2026-11-18T00:00:00.000Z,0,0,\r\n2026-11-19T00:00:00.000Z,1,2,0.3333',
  )
})
