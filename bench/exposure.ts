import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import { type AdvisoryIndex, buildIndex } from '../src/core/exposure/advisory-index.ts'
import type { AdvisoryRecord } from '../src/core/exposure/advisory-record.ts'
import type { Component } from '../src/core/exposure/component.ts'
import { ComponentTable } from '../src/core/exposure/component-table.ts'
import { lookUp, lookUpSubject } from '../src/core/exposure/look-up.ts'
import { knownReader } from '../src/formats/known/known-reader.ts'
import { readOsvRecord } from '../src/formats/known/osv-record.ts'

export interface ExposureRow {
  readonly bench: 'exposure'
  readonly what: string
  readonly [figure: string]: string | number
}

const DATABASES = ['npm', 'pypi', 'crates.io', 'go']
const ASSETS_COMPONENTS = 500
const CORPUS = join(process.env['WEIR_CORPUS'] ?? '/nonexistent', 'exposure')

/** Matching with the public OSV advisories of `WEIR_CORPUS`: the index, 1,000 inventories of 500, and new advisories against `rows` rows. */
export function* benchExposure(rows: number): Generator<ExposureRow> {
  if (!existsSync(CORPUS)) throw new Error('bench exposure needs WEIR_CORPUS, the folder with the public advisories')
  const read = performance.now()
  const records = DATABASES.flatMap((name) => recordsOf(join(CORPUS, `advisories/osv-${name}.ndjson.zst`)))
  const built = performance.now()
  const index = buildIndex(records)
  const done = performance.now()
  yield row('index', { records: records.length, readMs: built - read, buildMs: done - built, heapMiB: heap() })
  const random = seeded(20_261_121)
  const pool = componentPool(records, random)
  yield inventories('real components', index, realComponents(), random)
  yield inventories('made-up components', index, pool, random)
  yield* advisoriesOverRows(records, pool, random, rows)
}

function recordsOf(file: string): AdvisoryRecord[] {
  const reader = knownReader((value) => readOsvRecord(value))
  const items = [...reader.push(zstdDecompressSync(readFileSync(file))), ...reader.end()]
  return items.flatMap((item) => (item.ok ? [item.value] : []))
}

function inventories(of: string, index: AdvisoryIndex, pool: readonly Component[], random: () => number): ExposureRow {
  const boms = Array.from({ length: 1000 }, () => Array.from({ length: 500 }, () => pick(pool, random)))
  const cold = performance.now()
  let findings = 0
  for (const bom of boms) for (const component of bom) findings += lookUp(index, component).length
  const each = performance.now() - cold
  const began = performance.now()
  const table = new ComponentTable()
  for (const [asset, bom] of boms.entries()) table.putAsset(asset, bom)
  let distinct = 0
  for (const { subject } of table.everyComponent()) {
    distinct++
    lookUpSubject(index, subject)
  }
  const once = performance.now() - began
  return row(`1,000 inventories of 500, ${of}`, {
    pool: pool.length,
    findings,
    everyRowMs: each,
    lookUpsPerSecond: (500_000 / each) * 1000,
    distinct,
    distinctOnceMs: once,
  })
}

function* advisoriesOverRows(
  records: readonly AdvisoryRecord[],
  pool: readonly Component[],
  random: () => number,
  rows: number,
): Generator<ExposureRow> {
  const began = performance.now()
  const table = new ComponentTable()
  for (let asset = 0; table.rows < rows; asset++) {
    table.putAsset(
      asset,
      Array.from({ length: ASSETS_COMPONENTS }, () => pick(pool, random)),
    )
  }
  const filled = performance.now()
  yield row('fill table', { rows: table.rows, seconds: (filled - began) / 1000, rssMiB: process.memoryUsage().rss / 2 ** 20 })
  const times: number[] = []
  let pairs = 0
  let most = 0
  for (const record of records) {
    const start = performance.now()
    const assets = new Set<Uint32Array>()
    let count = 0
    for (const found of table.affectedBy(record)) {
      assets.add(found.assets)
      count += found.assets.length
    }
    times.push(performance.now() - start)
    pairs += count
    most = Math.max(most, count)
  }
  times.sort((a, b) => a - b)
  yield row('one advisory against all rows', {
    rows: table.rows,
    advisories: records.length,
    pairs,
    mostPairs: most,
    p50Ms: times[Math.floor(times.length / 2)]!,
    p99Ms: times[Math.floor(times.length * 0.99)]!,
    maxMs: times.at(-1)!,
    allSeconds: times.reduce((sum, ms) => sum + ms, 0) / 1000,
  })
}

/** What the shared CycloneDX inventories name by purl, each inventory as it is, repetitions included. */
function realComponents(): Component[] {
  const found: Component[] = []
  const walk = (node: { purl?: string; name?: string; components?: [] }): void => {
    if (node.purl !== undefined) found.push(named(node.purl))
    for (const inner of node.components ?? []) walk(inner)
  }
  const folder = join(CORPUS, 'sbom/cyclonedx')
  for (const file of readdirSync(folder)) {
    if (file.endsWith('.json.zst')) walk(JSON.parse(zstdDecompressSync(readFileSync(join(folder, file))).toString()))
  }
  return found
}

function named(purl: string): Component {
  const [slash, at] = [purl.lastIndexOf('/'), purl.lastIndexOf('@')]
  const [name, version] = at > slash ? [purl.slice(slash + 1, at), purl.slice(at + 1)] : [purl.slice(slash + 1), null]
  return { purl, cpes: [], group: null, name, version, type: 'library', marks: [], place: '' }
}

/** Components as fleets have them: packages that advisories name and others, in several versions each, some far more common than others. */
function componentPool(records: readonly AdvisoryRecord[], random: () => number): Component[] {
  const keys = [...new Set(records.flatMap((record) => record.affected.map(({ key }) => key)))]
  const others = Array.from({ length: 60_000 }, (_, n) => `npm/other-${n}`)
  return [...keys, ...others].flatMap((key) =>
    Array.from({ length: 1 + Math.floor(random() * 8) }, (): Component => {
      const [type, name = ''] = [key.slice(0, key.indexOf('/')), key.slice(key.indexOf('/') + 1)]
      const version = `${Math.floor(random() * 8)}.${Math.floor(random() * 30)}.${Math.floor(random() * 20)}`
      return named(`pkg:${type}/${name.replaceAll('@', '%40')}@${type === 'golang' ? 'v' : ''}${version}`)
    }),
  )
}

/** Few components are everywhere and most are rare. */
function pick<T>(pool: readonly T[], random: () => number): T {
  return pool[Math.floor(random() ** 3 * pool.length)]!
}

function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

function heap(): number {
  return process.memoryUsage().heapUsed / 2 ** 20
}

function row(what: string, figures: Record<string, number>): ExposureRow {
  const rounded = Object.entries(figures).map(([name, value]) => [name, Math.round(value * 100) / 100] as const)
  return { bench: 'exposure', what, ...Object.fromEntries(rounded) }
}
