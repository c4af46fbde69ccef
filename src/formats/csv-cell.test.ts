import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csvCell as cell } from './csv-cell.ts'

test('no cell begins a formula, however a program parts cells', () => {
  for (const [text, cut] of [
    ['=cmd', "'=cmd"],
    ['  +1', "  '+1"],
    ['-1', "'-1"],
    ['@x', "'@x"],
    ['＝cmd', "'＝cmd"],
    ['\t=cmd', `"'\t'=cmd"`],
    ['\n=cmd', `"'\n'=cmd"`],
    ['a;=cmd', `"a;'=cmd"`],
    ['a; =cmd; -b', `"a; '=cmd; '-b"`],
    ['a\r\n@b', `"a\r\n'@b"`],
    ['1.0-beta+3', '1.0-beta+3'],
    ['pkg:npm/%40a/b@1.0', 'pkg:npm/%40a/b@1.0'],
    ['say "no", or', '"say ""no"", or"'],
  ] as const)
    assert.equal(cell(text), cut)
})

test('nothing in a cell moves a cursor or turns the direction of what follows', () => {
  assert.equal(cell('a\u001b[2Jb\u202ec\u0000'), 'a\ufffd[2Jb\ufffdc\ufffd')
  assert.equal(cell('ä ß 漢字'), 'ä ß 漢字')
})

test('a long cell of blanks is read in linear time', () => {
  const began = performance.now()
  cell(`${' '.repeat(200_000)}x${'; '.repeat(100_000)}${';'.repeat(100_000)}${'\n'.repeat(50_000)}`)
  assert.ok(performance.now() - began < 2_000)
})
