import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rangeContains, readRange } from '../kernel/vers/range.ts'
import { versionOrder } from '../kernel/version-order.ts'
import { boundsEnd, parseBounds } from './version-bounds.ts'

const npm = versionOrder('npm')!
const range = (text: string) => readRange({ type: 'npm', constraints: parseBounds(text)! })
const holds = (text: string, version: string) => rangeContains(range(text), version)

test('bounds hold as VERS has it, whatever order they are written in', () => {
  const text = 'vers:npm/>=1.0.0|<1.2.0|1.5.0|>=2.0.0|<=2.1.0|!=2.0.5|>3.0.0'
  const expected: [version: string, held: string][] = [
    ['0.9.0', 'no'],
    ['1.0.0', 'yes'],
    ['1.2.0', 'no'],
    ['1.5.0', 'yes'],
    ['2.0.5', 'no'],
    ['2.1.0', 'yes'],
    ['2.2.0', 'no'],
    ['3.0.0', 'no'],
    ['3.0.1', 'yes'],
    ['x', 'unknown'],
  ]
  for (const [version, held] of expected) {
    assert.equal(holds(text, version), held, version)
    assert.equal(holds(`vers:npm/${text.slice(9).split('|').reverse().join('|')}`, version), held, version)
  }
  assert.equal(holds('vers:npm/*', 'x'), 'yes')
  assert.equal(holds('vers:npm/<1.0.0', '0.1.0'), 'yes')
  assert.equal(boundsEnd(range(text), npm.key('1.1.0')!, npm), '1.2.0')
})

test('what makers write in place of VERS is read, and what nobody can place is not', () => {
  const signs = (text: string) => parseBounds(text)?.map(({ comparator, version }) => comparator + version) ?? null
  assert.deepEqual(signs('<2022.4'), ['<2022.4'])
  assert.deepEqual(signs('>= V4.3 and < V6.4'), ['>=4.3', '<6.4'])
  assert.deepEqual(signs('>=1.220|<=1.281'), ['>=1.220', '<=1.281'])
  assert.deepEqual(signs('All versions < R1.23.0'), ['<R1.23.0'])
  assert.deepEqual(signs('>= V7.80 < V9.30'), ['>=7.80', '<9.30'])
  assert.deepEqual(signs('2.0 and earlier'), ['<=2.0'])
  assert.deepEqual(signs('Versions V2.0 or prior versions'), ['<=2.0'])
  assert.deepEqual(signs('All versions prior to 3.0'), ['<3.0'])
  assert.deepEqual(signs('5.1 and later'), ['>=5.1'])
  assert.deepEqual(signs('from 2.0 through 3.0'), ['>=2.0', '<=3.0'])
  assert.deepEqual(signs('up to and including 2.1'), ['<=2.1'])
  assert.deepEqual(signs('vers:generic/K'), ['=K'])
  assert.deepEqual(signs('vers:generic/1%200'), ['=1 0'])
  assert.equal(range('vers:all/*').isAll, true)
  assert.equal(range('All versions').isAll, true)
  for (const text of [
    '',
    '<',
    '< V15.1 Update 6',
    'all but two',
    '>=1|<2 (only with debug)',
    '%',
    'x'.repeat(30_000),
    'earlier',
    'NMC2 <= 6.9.6',
    '2.0 and tea',
    'beta through gamma',
  ]) {
    assert.equal(parseBounds(text), null, text.slice(0, 40))
  }
})
