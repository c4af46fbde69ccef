import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildIndex } from './advisory-index.ts'
import { component, product, record } from './advisory-samples.ts'
import { compareValues } from './cpe/cpe-compare.ts'
import { type CpeValue, parseCpe } from './cpe/cpe-name.ts'
import { explain } from './explain.ts'
import { globHolds } from './glob.ts'
import { lookUp } from './look-up.ts'

const value = (text: string): CpeValue => parseCpe(`cpe:2.3:a:v:${text}:*:*:*:*:*:*:*:*`)!.product
const relation = (source: string, target: string) => compareValues(value(source), value(target))

test('CPE names of both forms are read, with escapes and wildcards at the ends only', () => {
  const name = parseCpe('cpe:2.3:a:Foo\\\\Bar:Big\\$Money_2010:8.*:??:*:-:*:*:x64:*')
  assert.deepEqual(name?.vendor, { is: 'text', text: 'foo\\bar', lead: 0, trail: 0 })
  assert.deepEqual(name?.product, { is: 'text', text: 'big$money_2010', lead: 0, trail: 0 })
  assert.deepEqual(name?.version, { is: 'text', text: '8.', lead: 0, trail: -1 })
  assert.deepEqual(name?.update, { is: 'text', text: '', lead: 2, trail: 0 })
  assert.deepEqual([name?.edition.is, name?.language.is, name?.targetHw], ['any', 'na', value('x64')])
  const old = parseCpe('cpe:/o:redhat:enterprise_linux:8::baseos')
  assert.deepEqual([old?.version, old?.update.is, old?.edition], [value('8'), 'any', value('baseos')])
  assert.deepEqual(parseCpe('cpe:/a:hp:insight:7.4.0.1570:-:~~online~win2003~x64~')?.targetSw, value('win2003'))
  for (const text of [
    '',
    'cpe:2.3:a:v:p',
    'cpe:2.3:x:v:p:*:*:*:*:*:*:*:*',
    'cpe:2.3:a:v:p*q:*:*:*:*:*:*:*:*',
    'cpe:2.3:a:v:p\\',
    'cpe:/a:v',
    'cpe:/a:%zz:p',
    `cpe:2.3:a:${'v'.repeat(5000)}:p:*:*:*:*:*:*:*:*`,
  ]) {
    assert.equal(parseCpe(text), null, text.slice(0, 40))
  }
})

test('values stand to each other as the table of NISTIR 7696 says', () => {
  const table: [source: string, target: string, relation: string][] = [
    ['*', '*', 'equal'],
    ['*', '-', 'superset'],
    ['*', 'a', 'superset'],
    ['*', 'a*', 'undefined'],
    ['-', '*', 'subset'],
    ['-', '-', 'equal'],
    ['-', 'a', 'disjoint'],
    ['a', 'a', 'equal'],
    ['a', 'b', 'disjoint'],
    ['a', '-', 'disjoint'],
    ['a', '*', 'subset'],
    ['a*', 'abc', 'superset'],
    ['a*', 'bc', 'disjoint'],
    ['*c', 'abc', 'superset'],
    ['*b*', 'abc', 'superset'],
    ['a?', 'ab', 'superset'],
    ['a?', 'a', 'superset'],
    ['a?', 'abc', 'disjoint'],
    ['?b?', 'abc', 'superset'],
    ['?b?', 'xxb', 'disjoint'],
    ['*b?', 'aabc', 'superset'],
    ['?b*', 'xbyy', 'superset'],
    ['a*', '*', 'subset'],
    ['a*', '-', 'disjoint'],
  ]
  for (const [source, target, expected] of table) assert.equal(relation(source, target), expected, `${source} ${target}`)
})

const HTTPD = 'cpe:2.3:a:apache:http_server:*:*:*:*:*:*:*:*'
const bounds = (vers: string) => ({ kind: 'vers', events: [], vers }) as const
const server = (version: string) => component(null, { cpes: [`cpe:2.3:a:apache:http_server:${version}:*:*:*:*:*:*:*`] })

test('a CPE with bounds decides by them, weakly; one for every version decides nothing', () => {
  const bounded = record('C', { products: [product(HTTPD, { range: bounds('vers:generic/>=2.4.0|<2.4.58') })] })
  const found = lookUp(buildIndex([bounded]), server('2.4.57'))[0]?.match
  assert.deepEqual([found?.affected, found?.by, found?.fixed, found?.steps[0]?.step], ['yes', 'cpe', '2.4.58', 'weak-identity'])
  assert.deepEqual(lookUp(buildIndex([bounded]), server('2.4.58')), [])
  assert.equal(explain(bounded, server('2.4.58')).affected, 'no')
  const every = record('C', { products: [product(HTTPD)] })
  assert.equal(lookUp(buildIndex([every]), server('2.4.58'))[0]?.match.affected, 'unknown')
  const endless = { kind: 'ecosystem', events: [{ introduced: '0' }], vers: null } as const
  const all = record('C', { products: [product(HTTPD, { range: endless })] })
  assert.equal(lookUp(buildIndex([all]), server('2.4.58'))[0]?.match.affected, 'unknown')
  const exact = record('C', { products: [product(HTTPD.replace('server:*', 'server:2.4.49'))] })
  assert.equal(explain(exact, server('2.4.49')).affected, 'yes')
  assert.equal(explain(exact, server('2.4.50')).affected, 'no')
  assert.equal(
    explain(bounded, component(null, { cpes: ['cpe:2.3:a:nginx:nginx:2.4.1:*:*:*:*:*:*:*'] })).steps[0]?.step,
    'other-package',
  )
})

test('a CPE counts only where no purl answers', () => {
  const exact = record('C', { products: [product(HTTPD.replace('server:*', 'server:2.4.49'))] })
  const cpes = server('2.4.49').cpes
  assert.equal(lookUp(buildIndex([exact]), component('pkg:npm/http_server@2.4.49', { cpes })).length, 0)
  assert.equal(lookUp(buildIndex([exact]), component('pkg:generic/http_server@2.4.49', { cpes })).length, 1)
})

test('a device is found by its model number, whatever its spacing, also where the maker writes a pattern', () => {
  const advisory = record('ICSA-1/CVE-2024-1', {
    products: [
      product('model:6ES7 512-1DK01-0AB0', { range: bounds('vers:all/<V3.1') }),
      product('model:6RA80*', { range: bounds('vers:all/*') }),
      product('serial:SN??7', { status: 'under-investigation' }),
    ],
  })
  const device = (marks: string[], version: string | null) =>
    lookUp(buildIndex([advisory]), component(null, { marks, version })).map(({ match }) => match)
  const [found] = device(['model:6es7512-1DK01-0ab0'], 'V3.0.3')
  assert.deepEqual([found?.affected, found?.by, found?.fixed], ['yes', 'product', '3.1'])
  assert.deepEqual(device(['model:6ES7512-1DK01-0AB0'], '3.1'), [])
  assert.equal(device(['model:6ES7512-1DK01-0AB0'], null)[0]?.affected, 'unknown')
  assert.equal(device(['model:6RA8013-1'], null)[0]?.affected, 'yes')
  assert.equal(device(['serial:SN127'], null)[0]?.affected, 'unknown')
  assert.deepEqual(device(['model:7RA80', 'serial:SN1277'], '1'), [])
})

test('what the maker itself states as fixed or not affected is not affected', () => {
  const advisory = record('ICSA-1/CVE-2024-1', {
    products: [
      product('model:A1', { range: bounds('vers:all/*') }),
      product('model:A1', { status: 'fixed', range: bounds('vers:generic/2.0') }),
    ],
  })
  assert.equal(explain(advisory, component(null, { marks: ['model:A1'], version: '1.0' })).affected, 'yes')
  const fixed = explain(advisory, component(null, { marks: ['model:A1'], version: '2.0' }))
  assert.deepEqual([fixed.affected, fixed.steps.at(-1)?.step], ['no', 'vex-fixed'])
})

test('patterns with many stars end soon', () => {
  assert.equal(globHolds('a*b?d*', 'axxbcdyy'), true)
  assert.equal(globHolds('*a', 'aab'), false)
  const began = performance.now()
  assert.equal(globHolds('a*'.repeat(150), 'a'.repeat(300)), true)
  assert.equal(globHolds(`${'a*'.repeat(149)}b`, 'a'.repeat(300)), false)
  assert.ok(performance.now() - began < 1000)
})
