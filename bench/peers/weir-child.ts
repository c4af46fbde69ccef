// A process with Weir's readers and matching in it: node weir-child.ts CORPUS INVENTORY…; prints a line of JSON for its start and one an inventory.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import { buildIndex } from '../../src/core/exposure/advisory-index.ts'
import { lookUp } from '../../src/core/exposure/look-up.ts'
import { detectInventory } from '../../src/formats/inventory/detect-inventory.ts'
import { inventoryReader } from '../../src/formats/inventory/inventory-reader.ts'
import { knownReader } from '../../src/formats/known/known-reader.ts'
import { readOsvRecord } from '../../src/formats/known/osv-record.ts'
import { DATABASES } from './osv-lines.ts'

const PASSES = 5
const [corpus = '', ...files] = process.argv.slice(2)
const began = performance.now()
const index = buildIndex(
  DATABASES.flatMap(([name]) => {
    const reader = knownReader((value) => readOsvRecord(value))
    const bytes = zstdDecompressSync(readFileSync(join(corpus, `advisories/osv-${name}.ndjson.zst`)))
    return [...reader.push(bytes), ...reader.end()].flatMap((item) => (item.ok ? [item.value] : []))
  }),
)
tell({ startMs: performance.now() - began, records: index.records.size })
for (const file of files) {
  const times: number[] = []
  let findings: readonly string[] | null = null
  for (let pass = 0; pass < PASSES; pass++) {
    const start = performance.now()
    findings = findingsIn(file)
    times.push(performance.now() - start)
  }
  tell(findings === null ? { refused: 'not detected' } : { findings, ms: times })
}
tell({ peakMb: process.resourceUsage().maxRSS / 1024 })

function tell(row: object): void {
  process.stdout.write(`${JSON.stringify(row)}\n`)
}

function findingsIn(file: string): string[] | null {
  const bytes = readFileSync(file)
  const kind = detectInventory(bytes.subarray(0, 1 << 16), file)
  if (kind === null) return null
  const reader = inventoryReader(kind)
  const findings = new Set<string>()
  for (const item of [...reader.push(bytes), ...reader.end()]) {
    if (!('component' in item)) continue
    for (const { record, match } of lookUp(index, item.component))
      if (match.affected === 'yes') findings.add(`${item.component.purl ?? item.component.name} ${record.id}`)
  }
  return [...findings].sort()
}
