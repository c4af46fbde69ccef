import assert from 'node:assert/strict'
import test from 'node:test'
import { columns, middle, wrap } from './columns.ts'
import { bytes, counted, span, utc, whole } from './figures.ts'
import { inkFor } from './ink.ts'
import { bar, ProgressLine, progressText } from './progress.ts'

test('columns stand under each other, numbers right, without trailing space', () => {
  assert.deepEqual(
    columns(
      [
        ['a', '1', ''],
        ['bcd', '1,234', 'x'],
      ],
      [{}, { right: true }, {}],
    ),
    ['a        1', 'bcd  1,234  x'],
  )
  assert.equal(middle('pkg:npm/@brackwater/experimental-compat@4.12.0-rc.3', 30), 'pkg:npm/@brack...t@4.12.0-rc.3')
  assert.equal([...middle('x'.repeat(99), 30)].length, 30)
  assert.deepEqual(wrap('one two three', 7), ['one two', 'three'])
})

test('figures are for people', () => {
  assert.deepEqual(
    [whole(0), whole(1234567), span(3100), span(23_400), span(240_000), span(7_800_000)],
    ['0', '1,234,567', '3.1 s', '23 s', '4 min', '2 h 10 min'],
  )
  assert.deepEqual([bytes(812), bytes(4096), bytes(1.5 * 2 ** 30)], ['812 B', '4.0 KiB', '1.5 GiB'])
  assert.equal(utc('2026-11-19T14:20:07Z'), '19 Nov 2026, 14:20:07 UTC')
  assert.equal(utc('\u001b[2J'), null)
  assert.deepEqual([counted(1, 'flaw'), counted(37, 'flaw')], ['1 flaw', '37 flaws'])
})

test('progress says count, share, rate and time left, and nothing that is not known', () => {
  assert.equal(
    progressText({ word: 'uploading', done: 61_402, unit: 'items', share: 0.61, elapsed: 36_300 }),
    'uploading  61,402 items   61 %   1,692/s   about 23 s',
  )
  assert.equal(progressText({ word: 'uploading', done: 5, unit: 'items', share: null, elapsed: 10 }), 'uploading  5 items')
  assert.equal(bar(0.5, 4), '##..')
  assert.equal(bar(7, 4), '####')
})

test('a pipe gets a line now and then, a terminal one line redrawn within its width', () => {
  const run = (screen: { isTTY?: boolean; columns?: number }) => {
    let now = 0
    const written: string[] = []
    const line = new ProgressLine({ ...screen, write: (text) => written.push(text) }, () => now)
    for (; now <= 10_000; now += 50) line.show(() => 'x'.repeat(99))
    line.clear()
    return written
  }
  assert.deepEqual(
    run({}).map((text) => text.length),
    [80, 80],
  )
  const drawn = run({ isTTY: true, columns: 40 })
  assert.equal(drawn.length, 101)
  assert.ok(drawn.every((text) => text.startsWith('\r\u001b[K') && text.length <= 43))
})

test('colour only where it is wanted', () => {
  assert.notEqual(inkFor({ isTTY: true }, {}).alarm('x'), 'x')
  assert.equal(inkFor({ isTTY: true }, { NO_COLOR: '1' }).alarm('x'), 'x')
  assert.equal(inkFor({}, {}).strong('x'), 'x')
})
