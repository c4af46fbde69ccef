import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type DecisionTable, evaluateTable, idOf } from './decision-table.ts'
import { BOD_26_04 } from './tables/bod-26-04.ts'
import { HUMAN_IMPACT_TABLE, PUBLIC_SAFETY_TABLE, UTILITY_TABLE } from './tables/impact.ts'
import { DEPLOYER_TABLE, SUPPLIER_TABLE } from './tables/patching.ts'
import { PUBLICATION_TABLE } from './tables/publication.ts'
import { TABLES, tableById } from './tables/registry.ts'
import { TRIAGE_STOCK, TRIAGE_WEIR } from './tables/triage.ts'

function counts(table: DecisionTable): Record<string, number> {
  const out: Record<string, number> = {}
  for (const cell of table.cells) out[cell] = (out[cell] ?? 0) + 1
  return out
}

function rows(table: DecisionTable): { chosen: Record<string, string>; value: string }[] {
  let all: Record<string, string>[] = [{}]
  for (const point of table.inputs) all = all.flatMap((row) => point.values.map((v) => ({ ...row, [point.key]: v.key })))
  return all.map((chosen) => {
    const got = evaluateTable(table, chosen)
    assert.ok(got.ok)
    return { chosen, value: got.outcome.value }
  })
}

test('every table has one outcome of its own point per combination, and an id of its own', () => {
  for (const table of TABLES) {
    const size = table.inputs.reduce((n, point) => n * point.values.length, 1)
    assert.equal(table.cells.length, size, idOf(table))
    for (const cell of table.cells)
      assert.ok(
        table.outcome.values.some((v) => v.key === cell),
        `${idOf(table)} ${cell}`,
      )
    assert.equal(tableById(idOf(table)), table)
  }
  assert.equal(tableById('ssvc:DT_SP:9.0.0'), null)
})

test('the outcomes are as many as published', () => {
  assert.deepEqual(counts(TRIAGE_STOCK), { D: 150, T: 15, C: 27 })
  assert.deepEqual(counts(PUBLICATION_TABLE), { N: 13, P: 14 })
  assert.deepEqual(counts(SUPPLIER_TABLE), { D: 1, S: 8, O: 14, I: 13 })
  assert.deepEqual(counts(DEPLOYER_TABLE), { D: 7, S: 42, O: 20, I: 3 })
  assert.deepEqual(counts(BOD_26_04), { '3DF': 3, '3D': 2, '14D': 6, '60D': 3, FSU: 2 })
  assert.deepEqual(counts(UTILITY_TABLE), { L: 1, E: 2, S: 1 })
  assert.deepEqual(counts(HUMAN_IMPACT_TABLE), { L: 4, M: 3, H: 2, VH: 7 })
  assert.deepEqual(counts(PUBLIC_SAFETY_TABLE), { M: 1, S: 3 })
})

test('publication follows the rules it is known by', () => {
  for (const { chosen, value } of rows(PUBLICATION_TABLE)) {
    const { SINV, E, PVA } = chosen
    const publish = PVA === 'P' || (PVA === 'A' && (E === 'A' || (SINV === 'UU' && E === 'P'))) || (SINV === 'UU' && E === 'A')
    assert.equal(value, publish ? 'P' : 'N', JSON.stringify(chosen))
  }
})

test('the stock triage declines what no supplier was told of; ours treats it as told, and else they agree', () => {
  for (const { chosen, value } of rows(TRIAGE_STOCK)) {
    const { SCON, ...rest } = chosen
    const ours = evaluateTable(TRIAGE_WEIR, rest)
    assert.ok(ours.ok)
    const always = chosen['SC'] === 'M' && chosen['U'] === 'S' && chosen['PSI'] === 'S'
    if (always) assert.equal(value, 'C')
    else if (chosen['RP'] === 'Y' || SCON === 'N') assert.equal(value, 'D')
    if (SCON === 'Y') assert.equal(ours.outcome.value, value)
  }
  // Half of the stock table's 192 rows remain; the question about contact is the only one gone.
  assert.equal(TRIAGE_WEIR.cells.length, 96)
  assert.deepEqual(counts(TRIAGE_WEIR), { D: 62, T: 15, C: 19 })
})

test('the namespace of ours is one the SSVC grammar allows for private use', () => {
  assert.match(TRIAGE_WEIR.namespace, /^x_[a-z0-9]+(?:\.[a-z0-9]+)+#[a-z0-9]+(?:[.-][a-z0-9]+)*$/)
})

test('rows of BOD 26-04 carry the numbers of CISA’s table', () => {
  const row = (KEV: string, PE: string, A: string, TI: string) => {
    const got = evaluateTable(BOD_26_04, { KEV, PE, A, TI })
    return got.ok ? [got.row, got.outcome.value] : got
  }
  assert.deepEqual(row('Y', 'Y', 'Y', 'T'), [1, '3DF'])
  assert.deepEqual(row('Y', 'Y', 'Y', 'P'), [2, '3D'])
  assert.deepEqual(row('N', 'Y', 'N', 'P'), [8, '60D'])
  assert.deepEqual(row('Y', 'N', 'N', 'T'), [11, '14D'])
  assert.deepEqual(row('N', 'N', 'N', 'P'), [16, 'FSU'])
})

test('an answer that is missing or unknown is refused, not guessed; full ids count as well as keys', () => {
  const full = { 'ssvc:E:1.1.0': 'A', 'ssvc:U:1.0.1': 'S', 'ssvc:TI:1.0.0': 'T', 'ssvc:PSI:2.0.1': 'S' }
  const got = evaluateTable(SUPPLIER_TABLE, full)
  assert.equal(got.ok && got.outcome.value, 'I')
  for (const [point, value] of Object.entries(full)) {
    const { [point as keyof typeof full]: _, ...rest } = full
    assert.deepEqual(
      { ...evaluateTable(SUPPLIER_TABLE, rest), say: '' },
      { ok: false, code: 'table.missing-input', point, say: '' },
    )
    const wrong = evaluateTable(SUPPLIER_TABLE, { ...full, [point]: `${value}x` })
    assert.equal(!wrong.ok && wrong.code, 'table.unknown-value')
  }
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.constantFrom('E', 'U', 'TI', 'PSI', '__proto__', 'x'),
        fc.constantFrom('A', 'S', 'T', '', 'constructor'),
      ),
      (s) => {
        for (const table of TABLES) evaluateTable(table, s)
      },
    ),
    { numRuns: 500 },
  )
})
