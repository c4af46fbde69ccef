import assert from 'node:assert/strict'
import { test } from 'node:test'
import { daysOf } from './days.ts'

const NOW = Date.parse('2026-11-19T23:30:00Z')
const due = (at: string) => ({ case: 'case_1', title: null, at, what: 'ladder' as const, says: '' })

test('late stands first, then days in UTC, today and tomorrow by name; an instant that is none is left out', () => {
  const rows = ['2026-11-20T00:10:00Z', 'soon', '2026-11-19T23:45:00Z', '2026-12-01T00:00:00Z', '2026-11-18T00:00:00Z'].map(due)
  assert.deepEqual(
    daysOf(rows, NOW).map(({ name, rows: of }) => [name, of.length]),
    [
      ['Late', 1],
      ['Today, Thu 19 Nov 2026', 1],
      ['Tomorrow, Fri 20 Nov 2026', 1],
      ['Tue 1 Dec 2026', 1],
    ],
  )
})
