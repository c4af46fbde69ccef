import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { evalArchive } from '../../devkit/eval-archive.ts'
import { drive } from './drive.ts'
import { IMPORT_LIMITS } from './import-limits.ts'
import type { InspectLog } from './inspect-log.ts'
import { openAttachment } from './open-attachment.ts'
import { openSequence } from './open-sequence.ts'
import { readInspectLog } from './read-log.ts'

const value = fc.oneof(
  fc.constantFrom('C', 'I', 'P', 'N', 'yes', '0.25', 'nan', '', 1, 0, 0.5, true, false, null),
  fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), fc.integer({ min: 0, max: 1 }), { maxKeys: 2 }),
)
const sample = fc.record({
  id: fc.oneof(fc.nat(5), fc.constantFrom('a/b', 'x"y', '7', 'sk-ant-abcdefghijklmnop1234')),
  epoch: fc.integer({ min: 1, max: 3 }),
  input: fc.string(),
  messages: fc.array(fc.record({ role: fc.constant('user'), content: fc.string() }), { maxLength: 4 }),
  events: fc.array(fc.record({ event: fc.constantFrom('model', 'tool'), note: fc.json({ maxDepth: 3 }) }), { maxLength: 4 }),
  scores: fc.dictionary(fc.constantFrom('match', 'other'), fc.record({ value }), { maxKeys: 2 }),
  metadata: fc.dictionary(fc.string({ maxLength: 5 }), fc.oneof(fc.string(), fc.integer(), fc.boolean()), { maxKeys: 3 }),
  attachments: fc.constant({ ab12: 'the attached text' }),
})
type Sample = { readonly id: string | number; readonly epoch: number }

const HEADER = {
  version: 2,
  status: 'success',
  eval: { task: 'set/task', task_id: 't', model: 'a/b', created: '2026-01-01T00:00:00Z', config: { epochs: 3 } },
  results: {
    total_samples: 2,
    completed_samples: 2,
    scores: [{ name: 'match', scorer: 'match', params: {}, metrics: { accuracy: { value: 1 } } }],
  },
}

function documentOf(samples: readonly Sample[]): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ ...HEADER, samples }))
}

function archiveOf(samples: readonly Sample[], method: 0 | 8 | 93): Uint8Array {
  const members = samples.map((one, k) => ({ name: `samples/${k}_epoch_1.json`, text: JSON.stringify(one), method }))
  return evalArchive([...members, { name: 'header.json', text: JSON.stringify(HEADER), method }])
}

function read(bytes: Uint8Array, limits: Partial<typeof IMPORT_LIMITS> = {}) {
  return drive(readInspectLog({ name: 'x', size: bytes.length }, { ...IMPORT_LIMITS, ...limits }), bytes)
}

const samples = fc.array(sample, { maxLength: 4 })
const method = fc.constantFrom<0 | 8 | 93>(0, 8, 93)

test('what is read does not depend on the size of asks and pieces', () => {
  fc.assert(
    fc.property(
      samples,
      method,
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: 1, max: 200 }),
      (all, packing, askBytes, pushBytes) => {
        for (const bytes of [documentOf(all), archiveOf(all, packing)]) {
          assert.deepEqual(read(bytes, { askBytes, pushBytes }), read(bytes))
        }
      },
    ),
    { numRuns: 60 },
  )
})

test('both forms give the same samples, and each opens to what was written', () => {
  fc.assert(
    fc.property(samples, method, (all, packing) => {
      const [json, archive] = [documentOf(all), archiveOf(all, packing)].map((bytes) => ({ bytes, got: read(bytes) }))
      assert.ok(json!.got.ok && archive!.got.ok)
      const bare = (log: InspectLog) => log.samples.map((row) => ({ ...row, place: null }))
      assert.deepEqual(bare(json!.got.log), bare(archive!.got.log))
      assert.deepEqual(json!.got.log.recomputed, archive!.got.log.recomputed)
      for (const { bytes, got } of [json!, archive!]) {
        for (const row of got.ok ? got.log.samples : []) {
          const written = all.findLast((one) => String(one.id) === String(row.id) && one.epoch === row.epoch)
          if (typeof row.id === 'string' && row.id.startsWith('*')) continue
          assert.deepEqual(
            drive(openSequence(row, 'messages', { from: 0, count: 9 }), bytes).items.map((item) => item.value),
            JSON.parse(JSON.stringify(written?.messages)),
          )
          assert.equal(drive(openAttachment(row, 'ab12'), bytes), 'the attached text')
          assert.equal(drive(openAttachment(row, 'cd'), bytes), null)
        }
      }
    }),
    { numRuns: 60 },
  )
})

test('bytes changed or cut anywhere never throw, neither on reading nor on opening', () => {
  fc.assert(
    fc.property(
      samples,
      method,
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 }),
      fc.nat(),
      (all, packing, bends, cut) => {
        for (const whole of [documentOf(all), archiveOf(all, packing)]) {
          const bent = Uint8Array.from(whole)
          for (const [at, to] of bends) bent[at % bent.length] = to
          for (const bytes of [bent, bent.subarray(0, cut % (bent.length + 1))]) {
            const got = read(bytes)
            for (const row of got.ok ? got.log.samples : []) {
              for (const sequence of ['messages', 'events', 'pool', 'calls'] as const) {
                drive(openSequence(row, sequence, { from: 0, count: 5 }), bytes)
              }
            }
          }
        }
      },
    ),
    { numRuns: 150 },
  )
})

test('no key of a log is in anything that leaves it', () => {
  const key = 'sk-ant-api03-abcdefghijklmnop1234567890'
  const secret = {
    id: `x ${key}`,
    epoch: 1,
    messages: [{ role: 'user', content: `use ${key}` }],
    events: [{ event: 'model', note: key }],
    scores: { [`by ${key}`]: { value: key, history: [{ value: 'C', provenance: { author: key, reason: key } }] } },
    metadata: { key, [key]: 1 },
    error: { message: `401 with ${key}` },
    attachments: { ab: key },
  }
  const named = evalArchive([
    { name: `samples/${key}_epoch_1.json`, text: '{' },
    { name: `samples/${key}_epoch_2.json`, text: JSON.stringify({ id: 1, epoch: 2 }) },
    { name: `../${key}`, text: '' },
    { name: `x/${key}`, text: '' },
    { name: `x/${key}`, text: '' },
  ])
  for (const bytes of [documentOf([secret]), archiveOf([secret], 8), named]) {
    const got = read(bytes)
    const row = got.ok ? got.log.samples[0] : undefined
    const shown = [JSON.stringify(got, (_, one) => (one instanceof Map ? [...one] : one))]
    if (row && bytes !== named) {
      assert.ok(got.ok && got.log.keys[0]?.kind === 'Anthropic key' && got.log.keys[0].count >= 9)
      assert.ok(got.log.findings.some((finding) => finding.code === 'key.found'))
      for (const sequence of ['messages', 'events'] as const) {
        shown.push(JSON.stringify(drive(openSequence(row, sequence, { from: 0, count: 5 }), bytes)))
      }
      shown.push(String(drive(openAttachment(row, 'ab'), bytes)))
    }
    for (const text of shown) assert.ok(!text.includes('abcdefghijklmnop'), text.slice(0, 400))
  }
})

test('deep, wide and repeated things in a document are told', () => {
  const encode = (text: string) => new TextEncoder().encode(text)
  const start = JSON.stringify(HEADER).slice(0, -1)
  const codes = (text: string, limits = {}) => {
    const got = read(encode(text), limits)
    return [got.ok && got.log.isFinished, ...new Set((got.ok ? got.log : got).findings.map((one) => one.code))]
  }
  assert.ok(codes(`${start},"samples":[{"id":1,"epoch":1,"store":${'['.repeat(100_000)}`).includes('json.too-deep'))
  assert.ok(codes(`${start},"samples":[{"id":1,"epoch":1}`).includes('json.truncated'))
  assert.ok(codes(`${start},"samples":[{"id":1},{"id":1}]}`).includes('sample.twice'))
  assert.ok(codes(`${start},"samples":[{"epoch":1}]}`).includes('sample.unreadable'))
  const many = Array.from({ length: 50 }, (_, k) => `{"id":${k},"metadata":{"note":"${'n'.repeat(100)}"}}`).join(',')
  assert.ok(codes(`${start},"samples":[${many}]}`, { detail: 1000 }).includes('detail.too-much'))
  assert.ok(codes(`${start},"samples":[${many}]}`, { samples: 10 }).includes('sample.too-many'))
  const scored = Array.from({ length: 50 }, (_, k) => `{"id":${k},"scores":{"match":{"value":1}}}`).join(',')
  const few = codes(`${start},"samples":[${scored}]}`, { scores: 1000 })
  assert.deepEqual([few[0], few.includes('detail.too-much')], [false, true])
  const errors = Array.from({ length: 50 }, () => '{}').join(',')
  assert.ok(codes(`${start},"samples":[${errors}]}`, { findings: 10 }).includes('findings.more'))
  assert.deepEqual(codes('{"status":"error","eval":{},"error":{"message":"x"}}'), [false, 'log.unfinished'])
})
