import assert from 'node:assert/strict'
import { test } from 'node:test'
import { finding } from '../../../devkit/fake-world.ts'
import { compared, sameAs } from './compared.ts'

test('the same value is said to be the same as the first that has it; a difference and a gap are not', () => {
  const rows = compared([
    finding(0, 0),
    { ...finding(0, 1), weaknesses: [] },
    finding(0, 2),
    { ...finding(0, 3), weaknesses: ['CWE-122'] },
  ])
  const weakness = rows.find((row) => row.name === 'Weakness')!
  const letters = ['A', 'B', 'C', 'D']
  assert.deepEqual(weakness.cells, [['CWE-787'], [], ['CWE-122'], ['CWE-122']])
  assert.deepEqual(
    [0, 1, 2, 3].map((at) => sameAs(weakness, at, letters)),
    [null, null, null, 'C'],
  )
})

test('a row that nobody fills is left out', () => {
  const names = compared([{ ...finding(0, 0), rule: null, aliases: [] }]).map((row) => row.name)
  assert.ok(!names.includes('Rule') && !names.includes('Known as') && names.includes('Crash'))
})
