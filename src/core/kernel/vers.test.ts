import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { versFromNative } from './vers/native.ts'
import { rangeContains, readRange, versContains } from './vers/range.ts'
import { formatVers, mendVers, parseVers } from './vers.ts'

function contains(text: string, version: string): string {
  const read = mendVers(text)
  assert.ok(read.ok, text)
  return versContains(read.vers, version)
}

function native(type: string, text: string): string | null {
  const vers = versFromNative(type, text)
  return vers && formatVers(vers)
}

test('a canonical text is read and written the same; anything else is refused with a code', () => {
  for (const text of [
    'vers:deb/>=1:2.0-1|<1:2.0-3',
    'vers:npm/1.0.0-rc.1|>2.0.0',
    'vers:all/*',
    'vers:none/*',
    'vers:unheard/1|2',
  ]) {
    const read = parseVers(text)
    assert.equal(read.ok && formatVers(read.vers), text)
  }
  const refusals: [string, string][] = [
    ['', 'no-vers'],
    ['vers:npm', 'no-vers'],
    ['vers:npm/', 'no-vers'],
    ['vers:NPM/1.0.0', 'no-vers'],
    ['vers:npm/>=', 'no-version'],
    ['vers:npm/*|1.0.0', 'star'],
    ['vers:all/1.0.0', 'star'],
    ['vers:npm/>=1.0.0<2.0.0', 'unencoded'],
    ['vers:npm/1.0.0é', 'unencoded'],
    ['vers:npm/%31.0.0', 'encoding-not-canonical'],
    ['vers:npm/1%0A', 'whitespace'],
    ['vers:datetime/2024-13-01T00:00:00Z', 'invalid-datetime'],
    ['vers:npm/2.0.0|1.0.0', 'unsorted'],
    [`vers:npm/${'1|'.repeat(30_000)}1`, 'too-long'],
    [`vers:npm/${'1'.repeat(300_000)}`, 'too-long'],
  ]
  for (const [text, code] of refusals) assert.equal((parseVers(text) as { code: string }).code, code, text.slice(0, 60))
})

test('what can be mended is: spaces, pipes, case, encoding, order', () => {
  const read = mendVers(' VERS:NPM/| <2.0.0 ||>=1.%30.0%2brc|')
  assert.equal(read.ok && formatVers(read.vers), 'vers:npm/>=1.0.0%2Brc|<2.0.0')
})

describe('contained', () => {
  const cases: [string, string, string][] = [
    ['vers:npm/*', 'anything', 'yes'],
    ['vers:none/*', '1', 'no'],
    ['vers:all/*', '1', 'yes'],
    ['vers:npm/>=1.0.0|<2.0.0', '1.0.0', 'yes'],
    ['vers:npm/>=1.0.0|<2.0.0', '2.0.0', 'no'],
    ['vers:npm/>1.0.0|<=2.0.0', '1.0.0', 'no'],
    ['vers:npm/>1.0.0|<=2.0.0', '2.0', 'yes'],
    ['vers:npm/<1.0.0|>=2.0.0|<3.0.0|>4.0.0', '3.5.0', 'no'],
    ['vers:npm/<1.0.0|>=2.0.0|<3.0.0|>4.0.0', '9.0.0', 'yes'],
    ['vers:npm/<1.0.0|>=2.0.0|<3.0.0|>4.0.0', '0.1.0', 'yes'],
    ['vers:npm/>=1.0.0|!=1.5.0|<2.0.0', '1.5.0+build', 'no'],
    ['vers:npm/!=1.5.0', '1.6.0', 'yes'],
    ['vers:npm/1.5.0|!=1.7.0', '1.6.0', 'no'],
    ['vers:npm/<1.1.7|<2.0.1', '2.0.0', 'yes'],
    ['vers:pypi/>0.0.0|>=0.0.1|0.0.2|<0.0.3|0.0.4|<0.0.5|>=0.0.6', '0.0.5', 'no'],
    ['vers:pypi/>0.0.0|>=0.0.1|0.0.2|<0.0.3|0.0.4|<0.0.5|>=0.0.6', '0.0.3', 'yes'],
    ['vers:deb/<2.0-1+deb12u3', '2.0-1+deb12u2', 'yes'],
    ['vers:npm/>=1.0.0', 'latest', 'unknown'],
    ['vers:unheard/1.0|2.0', '2.0', 'yes'],
    ['vers:unheard/1.0|2.0', '2.0.0', 'unknown'],
    ['vers:unheard/!=1.0', '1.0', 'no'],
    ['vers:pypi/>=legacy-one|1.0', '1.0.0', 'yes'],
    ['vers:pypi/>=legacy-one|1.0', '2.0', 'unknown'],
  ]
  for (const [text, version, want] of cases)
    test(`${version} in ${text}: ${want}`, () => assert.equal(contains(text, version), want))

  test('twenty thousand constraints are asked of quickly', () => {
    const text = `vers:npm/${Array.from({ length: 10_000 }, (_, i) => `>=${i}.1.0|<${i}.5.0`).join('|')}`
    const read = parseVers(text)
    assert.ok(read.ok)
    const range = readRange(read.vers)
    const started = process.cpuUsage().user
    for (let i = 0; i < 100; i++) assert.equal(rangeContains(range, `${i * 99}.${i % 2 ? 3 : 7}.0`), i % 2 ? 'yes' : 'no')
    assert.ok(process.cpuUsage().user - started < 1_000_000)
  })
})

test('native ranges become VERS', () => {
  const cases: [string, string, string | null][] = [
    ['npm', '1.2 - 2.3 || 3.x - 4.0.1', 'vers:npm/>=1.2.0|<2.4.0|>=3.0.0|<=4.0.1'],
    ['npm', '1.2.3 ?', null],
    ['npm', '^0.0.3 || ~2 || >3.x || <=4.*', 'vers:npm/>=0.0.3|<0.0.4|>=2.0.0|<3.0.0|>=4.0.0|<5.0.0'],
    ['gem', '~> 1.4, != 1.4.2', 'vers:gem/>=1.4|!=1.4.2|<2'],
    ['gem', '~> 2', 'vers:gem/>=2|<3'],
    ['pypi', '~=2.2.1', 'vers:pypi/>=2.2.1|<2.3.dev0'],
    ['pypi', '==1.1.*', 'vers:pypi/>=1.1.dev0|<1.2.dev0'],
    ['pypi', '>=1.0,!=1.1.*,<2', 'vers:pypi/>=1.0|<1.1.dev0|>=1.2.dev0|<2'],
    ['pypi', '~=2', null],
    ['pypi', '>=', null],
    ['maven', '(,1.0],[1.2,)', 'vers:maven/<=1.0|>=1.2'],
    ['maven', '[1.5]', 'vers:maven/1.5'],
    ['maven', '1.5', 'vers:maven/1.5'],
    ['maven', '[1.5', null],
    ['nuget', '1.5', 'vers:nuget/>=1.5'],
    ['nuget', '(1.0,)', 'vers:nuget/>1.0'],
    ['golang', '>= v1.0.0, < v1.2.3 || = v2.0.0', 'vers:golang/>=v1.0.0|<v1.2.3|v2.0.0'],
    ['deb', '<< 1.0', null],
    ['composer', '>= 1.0, < 1.2.3', 'vers:composer/>=1.0|<1.2.3'],
    ['nginx', '1.0.7-1.0.15, 1.1.3', 'vers:nginx/>=1.0.7|<=1.0.15|1.1.3'],
    ['npm', 'x'.repeat(20_000), null],
  ]
  for (const [type, text, want] of cases) assert.equal(native(type, text), want, `${type} ${text.slice(0, 40)}`)
})

test('hostile native ranges end soon', () => {
  const started = process.cpuUsage().user
  for (const type of ['npm', 'conan', 'gem', 'pypi', 'maven', 'nuget', 'nginx', 'golang'])
    for (const piece of ['1', '1.', ' ', '>', '[', '(,', '||', '-', '1 - ', '^1 ', '*', ',', '~>', '=1.*'])
      for (const end of ['', '!']) native(type, piece.repeat(16_000 / piece.length) + end)
  assert.ok(process.cpuUsage().user - started < 3_000_000)
})
