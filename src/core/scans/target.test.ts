import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ancestorsOf, cweNumber } from '../findings/weakness/cwe-tree.ts'
import { familyTops, isKin, type WeaknessFamily, weaknessFamily } from '../findings/weakness/weakness-family.ts'
import { overlap, type ScanKnowledge } from './overlap.ts'
import { sameNames } from './same-names.ts'
import { readTarget, type WrittenTarget, writeTarget } from './scan-target.ts'
import type { WeaknessTree } from './weakness-class.ts'

const tree: WeaknessTree = {
  number: cweNumber,
  above: ancestorsOf,
  familyOf: (cwe) => weaknessFamily(`CWE-${cwe}`),
  kin: (a, b) => isKin(a as WeaknessFamily, b as WeaknessFamily),
  tops: familyTops,
}
const known: ScanKnowledge = {
  tree,
  namesOf: sameNames([['pkg:npm/left-pad', 'pkg:github/o/left-pad']]),
  commitOrder: () => null,
}
const read = (target: string, more: Partial<WrittenTarget> = {}) => readTarget({ target, ...more }, tree)
function target(text: string, more: Partial<WrittenTarget> = {}) {
  const one = read(text, more)
  assert.ok(one.ok, JSON.stringify([text, more]))
  return one.target
}
const code = (text: string, more: Partial<WrittenTarget> = {}) => {
  const one = read(text, more)
  return one.ok ? 'read' : one.code
}

describe('targets', () => {
  test('one repository has one name, however it is written', () => {
    const texts = [
      'https://github.com/O/R',
      'https://www.github.com/o/r.git',
      'git+ssh://git@github.com/o/r',
      'git@github.com:o/r.git',
      'github.com/o/r/',
      'pkg:github/O/r',
      'pkg:github/o/r.git',
      'pkg:golang/github.com/o/r@v1.2.3',
      'pkg:golang/github.com/o/r/v2',
    ]
    assert.deepEqual([...new Set(texts.map((text) => target(text).name))], ['pkg:github/o/r'])
    assert.equal(target('https://git.example.org/a/B.git').name, 'repo:git.example.org/a/B')
    assert.equal(target('repo:git.example.org/a/B').name, 'repo:git.example.org/a/B')
    assert.equal(code('git@git.example.org:a/b#c'), 'target.malformed')
    assert.equal(code('github.com:\ud800/pkg:'), 'target.malformed')
    assert.equal(target('git.example.org/o/a/.git').name, 'repo:git.example.org/o/a')
    assert.deepEqual(target('pkg:golang/github.com/o/r/sub/v2').path, ['sub'])
    assert.deepEqual(target('pkg:npm/x@1.0.0#lib/y', { path: './z//' }).path, ['lib', 'y', 'z'])
  })

  test('what is no target, too wide or written wrongly is refused by its code', () => {
    for (const text of ['', 'x', 'pkg:', 'pkg:npm', 'pkg:npm/', 'two words', 'localhost/a/b', 'https://', 'a'.repeat(600)])
      assert.equal(code(text), 'target.malformed', text)
    for (const text of ['https://github.com/apache', 'https://github.com', 'pkg:npm/*', 'example.org/'])
      assert.equal(code(text), 'target.too-wide', text)
    for (const path of ['../x', 'a/../b', 'a/'.repeat(65), 'a\u0000b', 'x'.repeat(1025)])
      assert.equal(code('pkg:npm/x', { path }), 'target.path-malformed', path)
    for (const weakness of ['CWE-0', 'bug', 'constructor', 'C'.repeat(70)])
      assert.equal(code('pkg:npm/x', { weakness }), 'target.weakness-unknown', weakness)
    assert.equal(code('pkg:npm/x', { from: '2.0.0', to: '1.0.0' }), 'target.range-malformed')
    assert.equal(code('pkg:npm/x@1.0.0', { to: '1.0.0' }), 'target.range-malformed')
    assert.equal(code('https://git.example.org/a/b', { from: 'main' }), 'target.range-malformed')
  })

  test('hostile texts of every kind are answered', () => {
    const parts = [
      'pkg:',
      'npm/',
      '@',
      '%',
      '%ff',
      '#',
      '?a=',
      '://',
      'git@',
      ':',
      '/',
      '\u202e',
      '\ud800',
      '..',
      'https://[',
      '-',
    ]
    for (let n = 0; n < 5000; n++) {
      const text = Array.from({ length: (n % 7) + 1 }, (_, i) => parts[(n * 7 + i * i * 13) % parts.length]).join('')
      assert.equal(typeof read(text, { path: text, weakness: text, from: text, to: text }).ok, 'boolean')
    }
    const long = read(`git@${'a.'.repeat(120)}`, { path: '/'.repeat(1024), from: '1.'.repeat(200) })
    assert.equal(long.ok, false)
  })

  test('written again it reads the same', () => {
    const one = target('pkg:npm/%40a/b@1.2.3', { path: 'x/y', weakness: 'use-after-free' })
    const { target: text, from, to, path, weakness } = writeTarget(one)
    assert.deepEqual(target(text, { from, to, path, weakness }), one)
  })
})

describe('overlap', () => {
  const pairs: readonly [string, Parameters<typeof target>, Parameters<typeof target>, object | null][] = [
    ['another name', ['pkg:npm/a'], ['pkg:npm/b'], null],
    ['a package and its repository', ['pkg:npm/left-pad'], ['github.com/o/left-pad'], { name: 'known-same' }],
    [
      'a folder in a folder',
      ['pkg:npm/a', { path: 'src' }],
      ['pkg:npm/a', { path: 'src/net' }],
      { path: 'first-holds-second' },
    ],
    ['names that begin alike', ['pkg:npm/a', { path: 'src' }], ['pkg:npm/a', { path: 'src2' }], null],
    [
      'a class in a class',
      ['pkg:npm/a', { weakness: 'CWE-787' }],
      ['pkg:npm/a', { weakness: 'CWE-122' }],
      { weakness: 'nested' },
    ],
    ['classes side by side', ['pkg:npm/a', { weakness: 'CWE-121' }], ['pkg:npm/a', { weakness: 'CWE-122' }], null],
    [
      'a class in a family',
      ['pkg:npm/a', { weakness: 'spatial-write' }],
      ['pkg:npm/a', { weakness: 'CWE-122' }],
      { weakness: 'nested' },
    ],
    [
      'a pillar over a family',
      ['pkg:npm/a', { weakness: 'CWE-707' }],
      ['pkg:npm/a', { weakness: 'xss' }],
      { weakness: 'nested' },
    ],
    [
      'families of one kin',
      ['pkg:npm/a', { weakness: 'spatial' }],
      ['pkg:npm/a', { weakness: 'spatial-read' }],
      { weakness: 'kin' },
    ],
    ['families apart', ['pkg:npm/a', { weakness: 'race' }], ['pkg:npm/a', { weakness: 'xss' }], null],
    ['ranges apart', ['pkg:npm/a', { to: '1.9.9' }], ['pkg:npm/a', { from: '2.0.0' }], null],
    ['ranges that touch', ['pkg:npm/a', { to: '2.0.0' }], ['pkg:npm/a', { from: '2.0.0' }], { range: 'shared' }],
    ['versions without an order', ['pkg:luarocks/a@1.0'], ['pkg:luarocks/a@2.0'], { range: 'order-unknown' }],
    ['commits', ['github.com/o/r', { to: 'aaaaaaa' }], ['github.com/o/r', { from: 'bbbbbbb' }], { range: 'order-unknown' }],
  ]
  for (const [says, a, b, why] of pairs)
    test(says, () => {
      const found = overlap(target(...a), target(...b), known)
      const back = overlap(target(...b), target(...a), known)
      assert.equal(found === null, back === null)
      if (why === null) assert.equal(found, null)
      else assert.deepEqual({ ...found, ...why }, found)
    })

  test('commits whose order is known can lie apart', () => {
    const ordered = { ...known, commitOrder: (_: string, a: string, b: string) => (a < b ? -1 : 1) as -1 | 1 }
    const [old, young] = [target('github.com/o/r', { to: 'aaaaaaa' }), target('github.com/o/r', { from: 'bbbbbbb' })]
    assert.equal(overlap(old, young, ordered), null)
    assert.equal(overlap(young, old, ordered), null)
  })
})
