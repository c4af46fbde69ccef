import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatInstant, parseInstant } from '../../kernel/instant.ts'
import { edgeMilestones, edgeProcessDue } from './edge-devices.ts'

const NOW = parseInstant('2026-11-21T00:00:00Z')!
const OVER = parseInstant('2026-01-01T00:00:00Z')!
const LATER = parseInstant('2030-01-01T00:00:00Z')!
const rows = (device: Parameters<typeof edgeMilestones>[0]) =>
  edgeMilestones(device, NOW).map(({ row, due, assumed }) => [row, formatInstant(due).slice(0, 10), assumed !== null])

test('BOD 26-02 counts whole months from its issue', () => {
  assert.deepEqual(rows({ onCisaList: true, supportEnds: OVER }), [
    [1, '2026-05-05', false],
    [2, '2027-02-05', false],
    [3, '2027-08-05', false],
  ])
  assert.equal(formatInstant(edgeProcessDue().due), '2028-02-05T23:59:59.999Z')
})

test('a device that is not listed goes later; one still supported stays', () => {
  assert.deepEqual(rows({ onCisaList: false, supportEnds: OVER }), [[3, '2027-08-05', false]])
  assert.deepEqual(rows({ onCisaList: true, supportEnds: LATER }), [[1, '2026-05-05', false]])
  assert.deepEqual(rows({ onCisaList: false, supportEnds: LATER }), [])
})

test('what nobody said is taken the earlier way and marked', () => {
  assert.deepEqual(rows({ onCisaList: null, supportEnds: null }), [
    [1, '2026-05-05', true],
    [2, '2027-02-05', true],
    [3, '2027-08-05', true],
  ])
})
