import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { canonicalText } from '../figures/canonical.ts'
import { computeFigures } from '../figures/compute.ts'
import type { AnalysisInput, NumberedRow } from '../figures/input.ts'
import { samplePlan } from '../plan/sample-plan.ts'
import { AXES, REASONS, type TaskRow } from '../run-row.ts'
import { makeBundle, recompute } from './bundle.ts'
import { parseCsv, writeCsv } from './csv.ts'
import { parseRows, rowsFile } from './table-files.ts'
import { readTar, writeTar } from './tar.ts'

const sha256 = (bytes: Uint8Array) => hash('sha256', bytes, 'hex')
const facts = { docket: null, developer: null, office: null, at: '2026-11-19T14:20:00Z', recorded: null }
const name = fc.oneof(
  fc.constantFrom('a', 'b/1', '__proto__', 'constructor', 'toString'),
  fc.string({ maxLength: 8, unit: 'grapheme' }),
)
const odd = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -1, 2, 0, 1, 0.5, 1e308, 5e-324)

const row: fc.Arbitrary<Omit<NumberedRow, 'n'>> = fc.record({
  model: fc.constantFrom('m', 'other'),
  task: name,
  family: name,
  attempt: fc.constantFrom('1', '2', ''),
  score: fc.oneof(fc.constantFrom(0, 1, null), odd),
  reason: fc.constantFrom(...REASONS),
  tokens: fc.oneof(fc.constant(null), fc.nat(1e9), odd),
  reached: fc.oneof(fc.constant(null), fc.nat(1e9), odd),
  cheating: fc.constantFrom('no' as const, 'suspected' as const, 'confirmed' as const),
  weight: fc.oneof(fc.constant(null), odd),
})
const task: fc.Arbitrary<TaskRow> = fc.record({
  task: name,
  family: name,
  minutes: fc.dictionary(fc.constantFrom(...AXES), fc.oneof(fc.double({ min: 0.01, max: 1e5, noNaN: true }), odd)),
  censoredAt: fc.oneof(fc.constant(null), odd),
  broken: fc.constantFrom(null, null, null, 'it is broken'),
})

function inputOf(rows: readonly Omit<NumberedRow, 'n'>[], tasks: readonly TaskRow[]): AnalysisInput {
  const { method } = samplePlan('1')
  const multiverse = { ...samplePlan('1').multiverse, lambdas: [1e-5], budgets: [null, 1000] }
  const numbered = rows.map((one, n) => ({ ...one, n }))
  return {
    rows: numbered,
    tasks,
    model: 'm',
    suite: null,
    elicitation: [],
    settings: { resamples: 20, seed: 1, method, multiverse },
    scale: null,
  }
}

describe('figures, reports and bundles of any input', () => {
  test('hold no NaN and no infinity, and never throw', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), fc.array(task, { maxLength: 15 }), (rows, tasks) => {
        const input = inputOf([{ ...rows[0]!, model: 'm' }, ...rows], tasks)
        const { figures } = computeFigures(input)
        assert.doesNotThrow(() => canonicalText(figures))
        const { tar } = makeBundle(input, figures, facts, null, sha256, null)
        const files = readTar(tar)!
        for (const page of ['report.html', 'public.html', 'curve.svg']) {
          const text = new TextDecoder().decode(files.get(page))
          assert.doesNotMatch(text.replace(/>[^<]*</g, '><'), /\b(?:NaN|Infinity)\b/)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('rows that a table can say come back equal', () => {
    const sound = row.map((one) => ({
      ...one,
      score: one.score !== null && Number.isFinite(one.score) ? one.score : null,
      tokens: null,
      reached: null,
      weight: null,
    }))
    fc.assert(
      fc.property(fc.array(sound, { maxLength: 20 }), (rows) => {
        const numbered = rows.map((one, n) => ({ ...one, n }))
        assert.deepEqual(parseRows(rowsFile(numbered)), numbered)
      }),
    )
  })

  test('cells and archives come back as they were; any bytes are read or refused, never thrown on', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.string(), { minLength: 2, maxLength: 2 })), (rows) => {
        assert.deepEqual(parseCsv(writeCsv(['x', 'y'], rows)), { head: ['x', 'y'], rows })
      }),
    )
    fc.assert(
      fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z]{1,20}$/)), fc.uint8Array({ maxLength: 1500 }), (names, bytes) => {
        const read = readTar(writeTar(names.map((one) => [one, bytes])))
        assert.deepEqual(
          [...(read ?? [])],
          names.map((one) => [one, bytes]),
        )
        assert.equal(recompute(bytes, sha256).ok, false)
      }),
    )
  })
})
