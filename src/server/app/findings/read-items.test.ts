import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ParsedItem } from '../../../formats/format.ts'
import { readItems } from './read-items.ts'

async function* inPieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function gather(items: AsyncIterable<ParsedItem[]>): Promise<ParsedItem[]> {
  const all: ParsedItem[] = []
  for await (const batch of items) all.push(...batch)
  return all
}

const titles = (items: readonly ParsedItem[]) => items.map((item) => (item.ok ? item.finding.title : item.refusal.code))

test('a format that needs two passes is read whole first: rules that come after the results still speak', async () => {
  const log = (results: object[], rules: object[]) =>
    `{"version":"2.1.0","runs":[{"results":${JSON.stringify(results)},"tool":{"driver":{"name":"Probe","rules":${JSON.stringify(rules)}}}}]}`
  const result = { ruleId: 'copy', message: { id: 'too-long', arguments: ['link'] } }
  const rule = { id: 'copy', messageStrings: { 'too-long': { text: 'The {0} is copied whole' } } }
  for (const size of [7, 1000, 1 << 20]) {
    const reading = await readItems(inPieces(log([result, result], [rule]), size), 'scan.sarif', null)
    assert.equal(reading.format, 'sarif')
    const items = await gather(reading.items)
    assert.deepEqual(
      items.map((item) => item.ok && item.finding.text.includes('The link is copied whole')),
      [true, true],
    )
    await reading.close()
  }
})

test('items of a format of one pass come before its end', async () => {
  const line = (n: number) => `${JSON.stringify({ title: `Flaw ${n}`, target: { purl: 'pkg:npm/qr' } })}\n`
  let sent = 0
  const slowly = async function* () {
    for (let n = 0; n < 40; n++) {
      sent = n
      yield Buffer.from(line(n) + ' '.repeat(8000) + '\n')
    }
  }
  const reading = await readItems(slowly(), 'all.ndjson', 'weir-ndjson')
  let first = -1
  const seen: string[] = []
  for await (const batch of reading.items) {
    if (batch.length > 0 && first < 0) first = sent
    seen.push(...titles(batch))
  }
  assert.ok(first < 20, `first item after ${first} pieces`)
  assert.deepEqual(
    seen,
    Array.from({ length: 40 }, (_, n) => `Flaw ${n}`),
  )
})

test('a stated format goes before what the bytes look like; of no format nothing is read', async () => {
  const stated = await readItems(inPieces('{"title":"Flaw"}', 4), 'x.txt', 'weir-ndjson')
  assert.equal(stated.format, 'weir-ndjson')
  assert.deepEqual(titles(await gather(stated.items)), ['Flaw'])
  for (const text of ['', '\0\0\0\0', 'hello there']) {
    const reading = await readItems(inPieces(text, 4), null, null)
    assert.deepEqual([reading.format, await gather(reading.items)], [null, []])
  }
})
