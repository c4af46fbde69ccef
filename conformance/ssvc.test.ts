// Every row of the published decision tables, by name, against the CSV files of CERT/CC.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { type DecisionPoint, type DecisionTable, evaluateTable, idOf } from '../src/core/priority/decision-table.ts'
import { tableById } from '../src/core/priority/tables/registry.ts'

const FOLDER = join(process.env['WEIR_CORPUS'] ?? '', 'exposure/priority/ssvc')

const FILES: Readonly<Record<string, readonly [id: string, rows: number]>> = {
  'coordinator_triage_1_0_0.csv': ['ssvc:DT_COORD_TRIAGE:1.0.0', 192],
  'coordinator_publish_decision_table_1_0_0.csv': ['ssvc:DT_COORD_PUBLISH:1.0.0', 27],
  'supplier_patch_development_priority_1_0_0.csv': ['ssvc:DT_SP:1.0.0', 36],
  'deployer_patch_application_priority_1_0_0.csv': ['ssvc:DT_DP:1.0.0', 72],
  'cisa_bod_26_04_1_0_0.csv': ['cisa:DT_BOD2604:1.0.0', 16],
  'utility_1_0_0.csv': ['ssvc:DT_U:1.0.0', 4],
  'human_impact_1_0_0.csv': ['ssvc:DT_HI:1.0.0', 16],
  'public_safety_impact_1_0_0.csv': ['ssvc:DT_PSI:1.0.0', 4],
}

// `"Publish, Do Not Publish v1.0.0"` is one column.
function columns(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|([^,]+)/g)].map((m) => m[1] ?? m[2] ?? '')
}

function keyOf(point: DecisionPoint, name: string): string {
  // CISA says triage where CERT/CC's label says investigation; the key is the same.
  const wanted = name.replace('forensic investigation', 'forensic triage')
  return point.values.find((v) => v.name.toLowerCase() === wanted)?.key ?? assert.fail(`${idOf(point)} has no value ${name}`)
}

function pointOf(table: DecisionTable, heading: string): DecisionPoint {
  const points = [...table.inputs, table.outcome]
  const found = points.find((p) => heading.startsWith(`${p.name} v${p.version}`))
  return found ?? assert.fail(`${idOf(table)} has no point ${heading}`)
}

test('all rows of the published tables come out as published, with the same points and versions', (t) => {
  if (!process.env['WEIR_CORPUS'] || !existsSync(FOLDER))
    return t.skip('WEIR_CORPUS is not set: the published SSVC tables are left out')
  for (const [file, [id, rows]] of Object.entries(FILES)) {
    const table = tableById(id)!
    const [head = '', ...lines] = readFileSync(join(FOLDER, file), 'utf8').trim().split('\n')
    assert.equal(lines.length, rows, file)
    const points = columns(head)
      .slice(1)
      .map((heading) => pointOf(table, heading))
    assert.equal(points.at(-1), table.outcome, file)
    const seen = new Set<number>()
    for (const line of lines) {
      const keys = columns(line)
        .slice(1)
        .map((name, i) => keyOf(points[i]!, name))
      const chosen = Object.fromEntries(keys.slice(0, -1).map((key, i) => [idOf(points[i]!), key]))
      const got = evaluateTable(table, chosen)
      assert.equal(got.ok && got.outcome.value, keys.at(-1), `${file}: ${line}`)
      if (got.ok) seen.add(got.row)
    }
    assert.equal(seen.size, rows, file)
  }
})
