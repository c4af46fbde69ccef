import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contradict, normaliseAliases } from './aliases.ts'
import { crashFamily } from './crash-family.ts'
import { identifiersIn } from './identifiers.ts'
import { lineHash, snippetHash } from './line-hash.ts'
import { sketchLikeness, sketchOf } from './sketch.ts'
import { targetKey } from './target-key.ts'
import { flattened, wordsOf } from './words.ts'

const at = (purl: string | null, repository: string | null = null) => targetKey({ purl, repository, version: null })

test('a target is one name whichever way it is stated', () => {
  assert.equal(at('pkg:npm/%40scope/name@1.2?arch=x#sub'), at('pkg:npm/%40scope/name'))
  const github = 'pkg:github/owner/name'
  for (const address of [
    'https://github.com/Owner/name.git',
    'git@github.com:owner/name.git',
    'git+https://u:p@GitHub.com/owner/name/',
  ]) {
    assert.equal(at(null, address), github, address)
  }
  assert.equal(at(null, 'https://user:secret@Git.Example.org/a/B.git'), 'repo:git.example.org/a/B')
  assert.equal(at('not a purl', 'https://git.example.org/a/b'), 'repo:git.example.org/a/b')
  assert.equal(at('not a purl'), null)
  assert.equal(targetKey(null), null)
})

test('kinds of crash fall into families by access and address', () => {
  const crash = { tool: 'asan', size: null, signal: null } as const
  assert.equal(crashFamily({ ...crash, kind: 'heap-buffer-overflow', access: 'write', address: null }), 'spatial-write')
  assert.equal(crashFamily({ ...crash, kind: 'SEGV', access: 'read', address: '0x000000000008' }), 'null')
  assert.equal(crashFamily({ ...crash, kind: 'SEGV', access: 'write', address: '0x7fff00000000' }), 'wild-write')
  assert.equal(crashFamily({ ...crash, kind: 'heap-use-after-free', access: 'read', address: null }), 'use-after-free')
  assert.equal(crashFamily({ ...crash, kind: '', access: null, address: null }), 'other')
  assert.equal(crashFamily(null), null)
})

// The reference is the rolling form of the same hash, as a reader of a whole file computes it.
function rolling(text: string): string {
  const window = [...text.replace(/[ \t]/g, '').replace(/\r\n?/g, '\n')].map((c) => BigInt(c.charCodeAt(0)))
  const units = [...window, 65_535n, ...new Array<bigint>(100).fill(0n)].slice(0, 100)
  return units.reduce((hash, unit) => (hash * 37n + unit) & ((1n << 64n) - 1n), 0n).toString(16)
}

test('the hash of a line is the rolling hash of the 100 units from its start', () => {
  for (const text of ['memcpy(a, b, n);\n  return a;\r\n}', 'x'.repeat(300), '\ta\r\n\r\nb', ''])
    assert.equal(lineHash(text), rolling(text), text)
  assert.equal(lineHash('a  =\tb;'), lineHash('a = b;'))
  assert.notEqual(lineHash('a = b;'), lineHash('a = c;'))
})

test('a snippet that says next to nothing has no hash', () => {
  assert.equal(snippetHash('  } // x'), null)
  assert.notEqual(snippetHash('memcpy(buffer, source, n);'), null)
  assert.equal(snippetHash(null), null)
})

test('code names are told from prose', () => {
  const text =
    'The function qr_link_copy() in src/qr.c calls Foo::bar and parseUrl, see https://example.org/a_b or e.g. this. End.'
  assert.deepEqual(identifiersIn(text, 9), ['qr_link_copy', 'src/qr.c', 'Foo::bar', 'parseUrl'])
  assert.deepEqual(identifiersIn(text, 1), ['qr_link_copy'])
  assert.deepEqual(identifiersIn('a plain sentence. And another one, with a number: 12.', 9), [])
})

test('aliases are folded, and two CVE ids without one in common contradict', () => {
  assert.deepEqual(normaliseAliases([' cve-2024-12345', 'CVE-2024-12345', 'ghsa-2222-3333-4444', '<b>']), [
    'CVE-2024-12345',
    'GHSA-2222-3333-4444',
  ])
  assert.equal(contradict(['CVE-2024-1111'], ['CVE-2024-2222']), true)
  assert.equal(contradict(['CVE-2024-1111'], ['GHSA-2222-3333-4444']), false)
})

test('a sketch tells how much of two texts is the same', () => {
  const words = Array.from({ length: 80 }, (_, i) => `word${i * 7}`)
  assert.equal(sketchLikeness(sketchOf(words), sketchOf(words)), 1)
  assert.equal(sketchLikeness(sketchOf(words), sketchOf(words.map((word) => `${word}x`))), 0)
  assert.ok(sketchLikeness(sketchOf(words), sketchOf([...words.slice(0, 76), 'a', 'b', 'c', 'd'])) > 0.5)
  assert.deepEqual(sketchOf(['too', 'short']), [])
})

test('texts in other scripts keep their words', () => {
  assert.equal(flattened('Überlauf, in «Datei»!', wordsOf('x')), 'überlauf in datei')
})
