import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CaseRow } from '../../../contract/shapes/case.ts'
import { byEnd, readCaseSearch, stands } from './case-tabs.ts'

const row = (given: Partial<CaseRow>): CaseRow => ({
  id: 'case_1',
  title: null,
  target: null,
  state: 'open',
  priority: null,
  embargo: 'active',
  endsAt: null,
  reads: 'content',
  flaws: 1,
  parties: 2,
  unsaid: 0,
  next: '',
  whoseMove: 'nobody',
  changedAt: '2026-11-01T00:00:00Z',
  ...given,
})

test('the coordinator’s move needs a coordinator and nobody else; a closed case needs nobody', () => {
  const theirs = row({ whoseMove: 'coordinator' })
  assert.deepEqual([stands(theirs, 'needs-me', true), stands(theirs, 'needs-me', false)], [true, false])
  assert.deepEqual([stands(theirs, 'waiting', true), stands(theirs, 'waiting', false)], [false, true])
  const closed = row({ state: 'closed', whoseMove: 'yours' })
  assert.deepEqual(
    (['needs-me', 'waiting', 'everything'] as const).map((tab) => stands(closed, tab, true)),
    [false, false, true],
  )
})

test('the nearest end stands first; without an end the latest change does', () => {
  const rows = [
    row({ id: 'late', endsAt: '2026-12-01T00:00:00Z' }),
    row({ id: 'old' }),
    row({ id: 'new', changedAt: '2026-11-05T00:00:00Z' }),
    row({ id: 'soon', endsAt: '2026-11-20T00:00:00Z' }),
  ]
  assert.deepEqual(
    rows.sort(byEnd).map(({ id }) => id),
    ['soon', 'late', 'new', 'old'],
  )
})

test('an address with a tab that does not exist shows the first', () => {
  assert.deepEqual([{ tab: 'x' }, { tab: 'waiting' }, { tab: ['waiting'] }, {}].map(readCaseSearch), [
    {},
    { tab: 'waiting' },
    {},
    {},
  ])
})
