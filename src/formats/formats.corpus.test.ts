import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { zstdDecompressSync } from 'node:zlib'
import { detectFormat } from './detect.ts'
import { type FormatName, LIMITS, type ParsedItem } from './format.ts'
import { formatNamed } from './reader.ts'

const CORPUS = join(process.env['WEIR_CORPUS'] ?? '/nonexistent', 'exposure')

function bytesOf(path: string): Uint8Array {
  const bytes = readFileSync(path)
  return path.endsWith('.zst') ? zstdDecompressSync(bytes) : bytes
}

function readAll(name: FormatName, bytes: Uint8Array, size: number): ParsedItem[] {
  const format = formatNamed(name)
  const survey = format.survey?.(LIMITS)
  for (let at = 0; survey && at < bytes.length; at += size) survey.push(bytes.subarray(at, at + size))
  const reader = format.reader(LIMITS, survey?.end())
  const items: ParsedItem[] = []
  for (let at = 0; at < bytes.length; at += size) items.push(...reader.push(bytes.subarray(at, at + size)))
  return [...items, ...reader.end()]
}

test('every SARIF log of the corpus is read result by result, in chunks of any size', (t) => {
  if (!existsSync(CORPUS)) return t.skip('WEIR_CORPUS is not set: real SARIF logs are not read')
  for (const file of readdirSync(join(CORPUS, 'sarif')).filter((name) => name.includes('.sarif'))) {
    const bytes = bytesOf(join(CORPUS, 'sarif', file))
    assert.equal(detectFormat(bytes.subarray(0, 1 << 16)), 'sarif', file)
    const items = readAll('sarif', bytes, 1 << 16)
    const log = JSON.parse(new TextDecoder().decode(bytes)) as { runs: { results?: unknown[] }[] }
    const results = log.runs.flatMap((run) => run.results ?? [])
    assert.deepEqual(
      items.map((item) => JSON.parse(new TextDecoder().decode(item.raw))),
      results,
      file,
    )
    for (const item of items) {
      if (item.ok) assert.ok(item.finding.title !== '' && item.finding.title.length <= 300, `${file} ${item.at}`)
      else assert.deepEqual([file.split('.')[0], item.refusal.code], ['flawfinder', 'item.nothing-claimed'], item.at)
    }
    if (bytes.length < 50_000) assert.deepEqual(readAll('sarif', bytes, 11), items, file)
  }
})

const ADVISORIES = {
  'osv-npm': ['osv', 1253, 0],
  'osv-pypi': ['osv', 2661, 10],
  'osv-go': ['osv', 4291, 17],
  'osv-crates.io': ['osv', 714, 9],
  bitnami: ['osv', 7444, 0],
  'cve5-vulnrichment-subset': ['cve', 3306, 5],
} as const

test('every advisory of the corpus is taken in, or refused as withdrawn or rejected', (t) => {
  if (!existsSync(CORPUS)) return t.skip('WEIR_CORPUS is not set: real advisories are not read')
  for (const [file, [name, count, refused]] of Object.entries(ADVISORIES)) {
    const bytes = bytesOf(join(CORPUS, 'advisories', `${file}.ndjson.zst`))
    assert.equal(detectFormat(bytes.subarray(0, 1 << 16)), name, file)
    const items = readAll(name, bytes, 1 << 16)
    assert.equal(items.length, count, file)
    const no = items.flatMap((item) => (item.ok ? [] : [item.refusal.code]))
    assert.deepEqual(
      no,
      Array.from({ length: refused }, () => 'item.nothing-claimed'),
      file,
    )
    if (name !== 'osv') continue
    for (const item of items)
      if (item.ok) assert.match(item.finding.target?.purl ?? '', /^pkg:(npm|pypi|golang|cargo|bitnami)\//, item.at)
  }
})
