import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CsvReader, type CsvWrong } from './csv-reader.ts'

function read(text: string, size = 1 << 20) {
  const records: (readonly string[])[] = []
  const lines: number[] = []
  const wrongs: CsvWrong[] = []
  const reader = new CsvReader(
    { cellBytes: 100, columns: 8 },
    (record) => {
      records.push(record.cells)
      lines.push(record.line)
    },
    (wrong) => wrongs.push(wrong),
  )
  const bytes = new TextEncoder().encode(text)
  for (let i = 0; i < bytes.length; i += size) reader.push(bytes.slice(i, i + size))
  reader.end()
  return { records, lines, wrongs }
}

const cell = fc.string({ maxLength: 12 }).map((text) => text.toWellFormed())
const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 6 })
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`

test('what is written with quotes is read as it was, with either line end and any of three separators', () => {
  fc.assert(
    fc.property(
      table,
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.constantFrom(',', ';', '\t'),
      fc.boolean(),
      (rows, end, separator, last) => {
        const text = rows.map((row) => row.map(quoted).join(separator)).join(end) + (last ? end : '')
        const { records, wrongs } = read(text)
        assert.deepEqual([records, wrongs], [rows, []])
      },
    ),
  )
})

test('the same for pieces of any size, of any text', () => {
  const text = fc.array(fc.oneof(cell, fc.constantFrom(',', '"', '\n', '\r', '""', '\r\n', ';')), { maxLength: 30 })
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 5 }), (parts, size) => {
      assert.deepEqual(read(parts.join(''), size), read(parts.join('')))
    }),
    { numRuns: 300 },
  )
})

test('faults are told with line and cell, and what can be read is', () => {
  assert.deepEqual(read('a,b\n1,x"y\n"z"z,2\n'), {
    records: [
      ['a', 'b'],
      ['1', 'x"y'],
      ['zz', '2'],
    ],
    lines: [1, 2, 3],
    wrongs: [
      { what: 'quote', line: 2, cell: 2 },
      { what: 'quote', line: 3, cell: 1 },
    ],
  })
  assert.deepEqual(read('a,b\n\n\n"1\n2",3\n4,"5').lines, [1, 4, 6])
  assert.deepEqual(read('a,b\n4,"5').wrongs, [{ what: 'open-quote', line: 2, cell: 2 }])
  assert.deepEqual(read(`a,b\n${'x'.repeat(500)},1\n`).records[1], ['x'.repeat(100), '1'])
  assert.deepEqual(
    read(`${'a,'.repeat(20)}\n1,2`).records.map((cells) => cells.length),
    [8, 2],
  )
  assert.deepEqual(read('\ufeffa,b\n').records, [['a', 'b']])
  assert.deepEqual(read('').records, [])
})
