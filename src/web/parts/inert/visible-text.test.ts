import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stretches, visibleText } from './visible-text.ts'

test('what turns direction, takes no room or drives a terminal is written out', () => {
  assert.equal(visibleText('a\u202Eb'), 'a[U+202E]b')
  assert.equal(visibleText('\u001b[31mred'), '[U+001B][31mred')
  assert.equal(visibleText('zero\u200Bwidth\uFEFF'), 'zero[U+200B]width[U+FEFF]')
  assert.equal(visibleText('tag\u{E0041}'), 'tag[U+E0041]')
  assert.equal(visibleText('nul\u0000 and c1\u009b'), 'nul[U+0000] and c1[U+009B]')
  assert.equal(visibleText('lone \ud800 half'), 'lone [U+D800] half')
})

test('ordinary text of any script, newlines, tabs and emoji stay as they are', () => {
  const plain = 'Zażółć gęślą jaźń\tשלום 你好 🙂\nnext'
  assert.deepEqual(stretches(plain), [{ text: plain, seen: false }])
  assert.equal(visibleText('one\r\ntwo'), 'one\ntwo')
  assert.equal(visibleText('over\rwritten'), 'over[U+000D]written')
})

test('a million hostile characters take no longer than their number', () => {
  const started = performance.now()
  stretches('\u202E'.repeat(200_000))
  assert.ok(performance.now() - started < 2_000)
})

test('text is cut at its limit', () => {
  assert.equal(visibleText('x'.repeat(5_000), 10), 'x'.repeat(10))
})
