import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cleanPath, innerTarget, shownName } from './names.ts'

test('plain names are taken, with the archiver’s habits dropped', () => {
  for (const [raw, path] of [
    ['a', 'a'],
    ['./a/b', 'a/b'],
    ['a/b/', 'a/b'],
    ['./', ''],
    ['.', ''],
    ['..a/b..', '..a/b..'],
    ['-rf', '-rf'],
  ])
    assert.deepEqual(cleanPath(raw!), { path }, raw)
})

test('names that lead out or are odd are not', () => {
  const odd = [
    '/a',
    '../a',
    'a/../b',
    'a/..',
    'a//b',
    'a/./b',
    'a\0b',
    'a\nb',
    'a\x1b[31m',
    'x'.repeat(256),
    'a/'.repeat(65),
    'é'.repeat(200),
  ]
  for (const raw of [...odd, 'a/'.repeat(600), null]) assert.ok('why' in cleanPath(raw), String(raw))
})

test('links stay inside, or are none', () => {
  const inside: [string, string, string, string][] = [
    ['a/l', 'b', '/', 'b'],
    ['a/l', '../b', '/', '../b'],
    ['l', './b/c', '/', 'b/c'],
    ['etc/alternatives/cc', '/usr/bin/gcc', '/', '../../usr/bin/gcc'],
    ['a/l', '/work/src/b', '/work/src', '../b'],
    ['l', '/', '/', '.'],
  ]
  for (const [path, target, root, answer] of inside) assert.equal(innerTarget(path, target, root), answer, target)
  const out: [string, string | null, string][] = [
    ['l', '..', '/'],
    ['a/l', '../../b', '/'],
    ['a/l', 'b/../../c', '/'],
    ['l', '/etc/passwd', '/work/src'],
    ['l', '/work/srcx/b', '/work/src'],
    ['l', '/a/../../b', '/'],
    ['l', '', '/'],
    ['l', null, '/'],
  ]
  for (const [path, target, root] of out) assert.equal(innerTarget(path, target, root), null, String(target))
})

test('shown names hold nothing that a terminal obeys', () => {
  assert.equal(shownName('a\x1b]0;x\x07\u202eb'), 'a?]0;x??b')
  assert.equal(shownName('x'.repeat(500)).length, 200)
})
