import assert from 'node:assert/strict'
import { test } from 'node:test'
import { detectFormat } from './detect.ts'

const encoder = new TextEncoder()
const detect = (text: string, name?: string) => detectFormat(encoder.encode(text), name)

const KINDS = {
  sarif: '{"version":"2.1.0","runs":[]}',
  osv: '{"id":"GHSA-aaaa-bbbb-cccc","modified":"2026-01-01T00:00:00Z","affected":[]}',
  ghsa: '{"ghsa_id":"GHSA-aaaa-bbbb-cccc","summary":"x","vulnerabilities":[]}',
  cve: '{"dataType":"CVE_RECORD","cveMetadata":{},"containers":{}}',
  weir: '{"title":"x"}',
} as const

test('each format is told by its keys, alone, in an array, spread out, cut off, behind a byte order mark', () => {
  for (const [name, text] of Object.entries(KINDS)) {
    assert.equal(detect(text), name)
    assert.equal(detect(`\ufeff\r\n ${JSON.stringify(JSON.parse(text), null, 2)}`), name)
    if (name !== 'sarif') assert.equal(detect(`[${text},${text}]`), name)
    assert.equal(detect(text.slice(0, -2)), name)
  }
})

test('a record a line is of its own format; only Weir has a name for lines', () => {
  for (const name of ['osv', 'ghsa', 'cve'] as const) assert.equal(detect(`${KINDS[name]}\n${KINDS[name]}\n`), name)
  assert.equal(detect(`${KINDS.weir}\n${KINDS.weir}\n`), 'weir-ndjson')
  assert.equal(detect(`{"title":nope\n${KINDS.weir}\n`), 'weir-ndjson')
  assert.equal(detect(KINDS.weir, 'x.jsonl'), 'weir-ndjson')
})

test('keys may come in any order, and values may be large', () => {
  const filler = '"x":"' + 'y'.repeat(60_000) + '"'
  assert.equal(detect(`{"runs":[{"results":[{"ruleId":"a",${filler}`), 'sarif')
  assert.equal(detect(`{"$schema":"s","runs":[{`), 'sarif')
  assert.equal(detect(`{"details":"${'y'.repeat(60_000)}`), 'osv')
  assert.equal(detect(`{"details":"y","id":"OSV-1"`), 'osv')
  assert.equal(detect('{"findings":[{"id":"x","modified":"y"'), 'weir')
  assert.equal(detect('{"provenance":{"tool":"t"},"weir":"report/1"'), 'weir')
  assert.equal(detect('{"\\u0072uns":[],"version":"2.1.0"}'), 'sarif')
})

test('the name decides only what the content leaves open', () => {
  assert.equal(detect('{"properties":{}}', 'A.SARIF'), 'sarif')
  assert.equal(detect(KINDS.osv, 'x.sarif'), 'osv')
  assert.equal(detect('{"unknown":1}'), null)
  assert.equal(detect('{}', 'x.sarif'), null)
})

test('crash logs are told from prose and from JSON', () => {
  const log =
    '==1==ERROR: AddressSanitizer: heap-use-after-free on address 0x1\nREAD of size 1 at 0x1 thread T0\n    #0 0x2 in f a.c:1\n'
  assert.equal(detect(log), 'crash-log')
  assert.equal(detect(`[1/2] running\n${log}`), 'crash-log')
  assert.equal(detect('Dear maintainers,\nthere is a bug.\n'), null)
  assert.equal(detect(''), null)
  assert.equal(detect('[]'), 'weir')
  assert.equal(detect('{"stack":"==1==ERROR: AddressSanitizer: x"}'), 'weir')
})

test('bombs and rubbish are told quickly', () => {
  const before = performance.now()
  assert.equal(detect('['.repeat(65536)), null)
  assert.equal(detect('{"a":'.repeat(13_000)), null)
  assert.equal(detectFormat(Uint8Array.from({ length: 65536 }, (_, k) => (k * 31) & 0xff)), null)
  assert.ok(performance.now() - before < 1000)
})
