import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { instant } from '../kernel/instant.ts'
import { type FlawFacts, firstCut } from './first-cut.ts'
import { assumedInputs, holds, type Judgement, judge } from './judgement.ts'
import { priorityRank, staffOf } from './staff.ts'
import { SUPPLIER_TABLE } from './tables/patching.ts'

const AT = instant(1_795_000_000_000)
const NOTHING: FlawFacts = {
  cvss: [],
  crash: null,
  reproducer: false,
  publicAliases: [],
  finders: 1,
  aiAssisted: null,
  humanValidated: null,
  supplierContacted: null,
}

function value(judgement: Judgement, key: string): [string, string, boolean] {
  const s = judgement.selections.find((one) => one.point.split(':').at(-2) === key)!
  return [s.value, s.by, s.assumed]
}

test('where nothing is stated everything is assumed, and says so', () => {
  const cut = firstCut(NOTHING, AT)
  for (const judgement of Object.values(cut)) assert.equal(assumedInputs(judgement).length, judgement.selections.length)
  assert.equal(staffOf(cut.supplier.outcome), 'defer')
  assert.equal(cut.triageStock.outcome.name, 'Decline')
  assert.equal(cut.triageOurs.outcome.name, 'Track')
  assert.ok(cut.triageOurs.table.startsWith('x_'))
})

test('a vector answers what it states, in its author’s name', () => {
  const vector = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:A/AU:Y/V:C/S:P'
  const { supplier, triageOurs } = firstCut({ ...NOTHING, cvss: [{ vector, by: 'vendor' }] }, AT)
  for (const key of ['E', 'U', 'TI', 'PSI']) assert.deepEqual(value(supplier, key).slice(1), ['vendor', false], key)
  assert.deepEqual(assumedInputs(supplier), [])
  assert.equal(staffOf(supplier.outcome), 'immediate')
  assert.equal(triageOurs.outcome.value, 'C')
})

test('3.1 vectors answer the technical impact only; the newest version speaks first', () => {
  const claims = [
    { vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', by: 'finder' },
    { vector: 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:L/VI:H/VA:H/SC:N/SI:N/SA:N', by: 'clearinghouse' },
    { vector: 'CVSS:4.0/nonsense', by: 'vendor' },
  ] as const
  assert.deepEqual(value(firstCut({ ...NOTHING, cvss: claims.slice(0, 1) }, AT).supplier, 'TI'), ['T', 'finder', false])
  const both = firstCut({ ...NOTHING, cvss: claims }, AT)
  assert.deepEqual(value(both.supplier, 'TI'), ['P', 'clearinghouse', false])
  assert.deepEqual(value(both.supplier, 'U'), ['L', 'clearinghouse', true])
})

test('evidence decides what is assumed, never what is judged', () => {
  const write = firstCut({ ...NOTHING, crash: { kind: 'heap-buffer-overflow', access: 'write' } }, AT)
  assert.deepEqual(value(write.supplier, 'TI'), ['T', 'clearinghouse', true])
  const read = firstCut({ ...NOTHING, crash: { kind: 'heap-buffer-overflow', access: 'read' } }, AT)
  assert.deepEqual(value(read.supplier, 'TI'), ['P', 'clearinghouse', true])
  const bare = firstCut({ ...NOTHING, aiAssisted: true }, AT)
  assert.deepEqual(value(bare.triageOurs, 'RC'), ['NC', 'clearinghouse', true])
  for (const more of [{ reproducer: true }, { finders: 2 }, { humanValidated: true }]) {
    assert.equal(value(firstCut({ ...NOTHING, aiAssisted: true, ...more }, AT).triageOurs, 'RC')[0], 'C')
  }
  const known = firstCut({ ...NOTHING, publicAliases: ['CVE-2026-0001'], supplierContacted: true }, AT)
  assert.deepEqual(value(known.triageStock, 'RP'), ['Y', 'clearinghouse', true])
  assert.deepEqual(value(known.triageStock, 'SCON'), ['Y', 'finder', false])
})

test('a stored judgement holds as long as its table is known and nobody changed it', () => {
  const { supplier } = firstCut(NOTHING, AT)
  assert.equal(holds(JSON.parse(JSON.stringify(supplier)) as Judgement), true)
  assert.equal(holds({ ...supplier, outcome: { ...supplier.outcome, value: 'I' } }), false)
  assert.equal(holds({ ...supplier, table: 'ssvc:DT_SP:0.9.0' }), false)
})

test('judging without an answer and without an assumption is refused', () => {
  const answer = { value: 'A', by: 'vendor', assumed: false, because: 'seen in the wild' } as const
  const missing = judge(SUPPLIER_TABLE, { E: answer }, {}, AT)
  assert.equal(!missing.ok && missing.point, 'ssvc:U:1.0.1')
  const made = judge(SUPPLIER_TABLE, { E: answer }, { U: answer, TI: answer, PSI: answer }, AT)
  assert.equal(!made.ok && made.code, 'table.unknown-value')
})

test('the words rank from immediate to defer', () => {
  assert.deepEqual((['immediate', 'out-of-cycle', 'scheduled', 'defer'] as const).map(priorityRank), [4, 3, 2, 1])
  assert.equal(staffOf({ point: 'ssvc:COORDINATE:1.0.1', value: 'D', name: 'Decline' }), null)
})

test('any facts give three judgements that hold', () => {
  const facts = fc.record({
    cvss: fc.array(fc.record({ vector: fc.string(), by: fc.constantFrom('finder' as const, 'vendor' as const) }), {
      maxLength: 4,
    }),
    crash: fc.option(fc.record({ kind: fc.string(), access: fc.constantFrom('read' as const, 'write' as const, null) })),
    reproducer: fc.boolean(),
    publicAliases: fc.array(fc.string(), { maxLength: 2 }),
    finders: fc.nat(5),
    aiAssisted: fc.option(fc.boolean()),
    humanValidated: fc.option(fc.boolean()),
    supplierContacted: fc.option(fc.boolean()),
  })
  fc.assert(
    fc.property(facts, (f) => Object.values(firstCut(f, AT)).every(holds)),
    { numRuns: 500 },
  )
})
