import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LIMITS, type Limits, type ParsedItem } from '../format.ts'
import { CRASH_LOG } from './crash-log.ts'
import { SAMPLES } from './crash-samples.ts'

function readAll(bytes: Uint8Array, step = bytes.length, limits: Limits = LIMITS): ParsedItem[] {
  const reader = CRASH_LOG.reader(limits)
  const items: ParsedItem[] = []
  for (let at = 0; at < bytes.length; at += step) items.push(...reader.push(bytes.subarray(at, at + step)))
  return [...items, ...reader.end()]
}
const bytesOf = (text: string) => new TextEncoder().encode(text)
const kinds = (items: ParsedItem[]) => items.map((item) => (item.ok ? item.finding.crash?.kind : item.refusal.code))

test('a log of many crashes gives one item each, the same however it is cut', () => {
  const names = [
    'gdb',
    'asan',
    'ubsan',
    'tsan',
    'msan',
    'go-race',
    'go-panic',
    'python',
    'java',
    'assert',
    'lsan',
    'uaf',
    'kernel',
    'rust',
  ]
  const log = bytesOf(names.map((name) => `INFO: run ${name}\n${SAMPLES[name]}`).join('\n'))
  const whole = readAll(log)
  assert.deepEqual(
    kinds(whole),
    names.map((name) => kinds(readAll(bytesOf(SAMPLES[name]!)))[0]),
  )
  for (const step of [1, 7, 4096]) assert.deepEqual(readAll(log, step), whole)
})

test('an item carries finding, evidence and provenance, and needs a target', () => {
  const [item] = readAll(bytesOf(`noise\n${SAMPLES['asan']}`))
  assert.ok(item?.ok)
  assert.equal(item.at, 'line 2')
  assert.deepEqual(item.needs, ['needs.target'])
  assert.equal(item.finding.provenance.tool, 'AddressSanitizer')
  assert.equal(item.finding.evidence[0]?.kind, 'crash-log')
  assert.deepEqual(item.finding.toolFingerprints, { 'dedupToken/1': 'parse--LLVMFuzzerTestOneInput' })
  assert.equal(item.finding.locations[0]?.path, '/src/demo/parse.c')
})

test('each sample alone is one item', () => {
  for (const [name, text] of Object.entries(SAMPLES))
    assert.deepEqual(
      readAll(bytesOf(text)).map((item) => item.ok),
      [true],
      name,
    )
})

test('a log without a crash is one refusal that says how to mend it', () => {
  for (const text of ['', 'nothing here\n', '\u0000\u0001\n']) {
    const items = readAll(bytesOf(text))
    assert.deepEqual(kinds(items), ['report.unknown-format'])
    assert.ok(!items[0]!.ok && items[0]!.refusal.mend.length > 20)
  }
})

test('bytes that are no UTF-8 are replaced in the text and kept in the raw bytes', () => {
  const log = new Uint8Array([0xff, 0xfe, 10, ...bytesOf(SAMPLES['ubsan']!)])
  const [item] = readAll(log)
  assert.ok(item?.ok && item.finding.text.includes('\ufffd'))
  assert.deepEqual(item.raw, log)
})

test('a truncated log still gives its crash, and memory follows the limit', () => {
  const [item] = readAll(bytesOf(SAMPLES['asan']!.slice(0, 240)))
  assert.ok(item?.ok && item.finding.crash?.kind === 'heap-buffer-overflow')
  const small: Limits = { ...LIMITS, itemBytes: 2_000 }
  const [cut] = readAll(bytesOf(SAMPLES['asan'] + 'after\n'.repeat(100_000)), 65_536, small)
  assert.ok(cut?.ok && cut.raw.length <= 2_000 && cut.finding.extra['logCutAtBytes'] === cut.raw.length)
})
