import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import { buildIndex } from '../src/core/exposure/advisory-index.ts'
import { matchKey } from '../src/core/exposure/assess.ts'
import { lookUp } from '../src/core/exposure/look-up.ts'
import { inventoryReader } from '../src/formats/inventory/inventory-reader.ts'
import { knownReader } from '../src/formats/known/known-reader.ts'
import { readOsvRecord } from '../src/formats/known/osv-record.ts'
import { type Metered, runMetered } from './peers/metered.ts'
import { DATABASES } from './peers/osv-lines.ts'

export interface LargeRow {
  readonly bench: 'exposure-large'
  readonly what: string
  readonly [figure: string]: string | number
}

const CORPUS = join(process.env['WEIR_CORPUS'] ?? '/nonexistent', 'exposure')
const MAIN = resolve(import.meta.dirname, '../src/cli/main.ts')
const INVENTORIES = 1000
const COMPONENTS = 500

/**
 * `weir exposure` over one inventory of `megabytes`, and 1,000 inventories of 500 components, text and all, against the 8,919 shared
 * advisories. Components are the shared inventories' own, with all that is written of them, and most are renamed: as many distinct
 * packages as a large product has.
 */
export function* benchExposureLarge(megabytes: number): Generator<LargeRow> {
  if (!existsSync(CORPUS)) throw new Error('bench exposure-large needs WEIR_CORPUS, the folder with the public advisories')
  const work = mkdtempSync(join(tmpdir(), 'weir-large-'))
  try {
    const feed = join(work, 'feed')
    mkdirSync(feed)
    for (const [name] of DATABASES)
      copyFileSync(join(CORPUS, `advisories/osv-${name}.ndjson.zst`), join(feed, `${name}.ndjson.zst`))
    const pool = writtenComponents()
    const one = join(work, 'one.cdx.json')
    const written = writeInventory(one, pool, megabytes * 1e6)
    yield row(`${megabytes} MB in one inventory, weir exposure`, written, exposure(one, feed))
    rmSync(one)
    const many = join(work, 'many')
    mkdirSync(many)
    const texts = manyInventories(pool)
    let bytes = 0
    for (const [n, text] of texts.entries()) {
      const file = openSync(join(many, `asset-${n}.cdx.json`), 'w')
      bytes += writeSync(file, text)
      closeSync(file)
    }
    const sizes = { components: INVENTORIES * COMPONENTS, bytes }
    yield row('1,000 inventories of 500, weir exposure', sizes, exposure(many, feed))
    yield readers(texts, bytes)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

function exposure(place: string, feed: string): Metered {
  const words = [
    '--disable-warning=ExperimentalWarning',
    MAIN,
    'exposure',
    place,
    '--feed',
    feed,
    '--json',
    '--fail-on',
    'never',
  ]
  const run = runMetered(process.execPath, words)
  if (run.code !== 0) throw new Error(`weir exposure ends with ${run.code}: ${run.err.slice(-500)}`)
  return run
}

function row(what: string, { components, bytes }: { components: number; bytes: number }, run: Metered): LargeRow {
  return {
    bench: 'exposure-large',
    what,
    megabytes: Math.round(bytes / 1e6),
    components,
    findings: run.out.split('\n').filter((line) => line.startsWith('{')).length,
    seconds: round(run.wallMs / 1000),
    cpuSeconds: round(run.cpuMs / 1000),
    peakMb: Math.round(run.peakMb),
  }
}

/** The same without files and processes: bytes are read, and each distinct component is looked up once. */
function readers(texts: readonly Uint8Array[], bytes: number): LargeRow {
  const index = buildIndex(
    DATABASES.flatMap(([name]) => {
      const reader = knownReader((value) => readOsvRecord(value))
      const all = zstdDecompressSync(readFileSync(join(CORPUS, `advisories/osv-${name}.ndjson.zst`)))
      return [...reader.push(all), ...reader.end()].flatMap((item) => (item.ok ? [item.value] : []))
    }),
  )
  const cpu = process.cpuUsage()
  const began = performance.now()
  const known = new Map<string, number>()
  let [components, pairs] = [0, 0]
  for (const chunk of texts) {
    const reader = inventoryReader('cyclonedx-json')
    for (const item of [...reader.push(chunk), ...reader.end()]) {
      if (!('component' in item)) continue
      components++
      const key = matchKey(item.component)
      const found = known.get(key) ?? lookUp(index, item.component).length
      known.set(key, found)
      pairs += found
    }
  }
  const seconds = (performance.now() - began) / 1000
  const { user, system } = process.cpuUsage(cpu)
  return {
    bench: 'exposure-large',
    what: '1,000 inventories of 500, readers and matching in one process',
    megabytes: Math.round(bytes / 1e6),
    components,
    distinct: known.size,
    recordsHolding: pairs,
    seconds: round(seconds),
    cpuSeconds: round((user + system) / 1e6),
  }
}

interface Written {
  readonly purl: string
  readonly text: string
}

/** Components of the shared CycloneDX inventories as they are written, without what they contain. */
function writtenComponents(): Written[] {
  const found: Written[] = []
  const walk = (node: { purl?: string; components?: [] }): void => {
    const { components, ...own } = node
    if (own.purl !== undefined) found.push({ purl: own.purl, text: JSON.stringify(own) })
    for (const inner of components ?? []) walk(inner)
  }
  const folder = join(CORPUS, 'sbom/cyclonedx')
  for (const file of readdirSync(folder).sort())
    if (file.endsWith('.json.zst')) walk(JSON.parse(zstdDecompressSync(readFileSync(join(folder, file))).toString()))
  return found
}

/** The component as it is, or of another name: `n` tells packages apart. */
function written({ purl, text }: Written, n: number): string {
  const at = purl.lastIndexOf('@')
  return n % 5 === 0 || at < 0 ? text : text.replaceAll(purl, `${purl.slice(0, at)}-${n}${purl.slice(at)}`)
}

function writeInventory(path: string, pool: readonly Written[], size: number): { components: number; bytes: number } {
  const file = openSync(path, 'w')
  let [bytes, components] = [0, 0]
  let batch = '{"bomFormat":"CycloneDX","specVersion":"1.5","version":1,"components":['
  while (bytes + batch.length < size) {
    batch += `${components === 0 ? '' : ','}${written(pool[components % pool.length]!, components)}`
    components++
    if (batch.length < 1 << 20) continue
    bytes += writeSync(file, batch)
    batch = ''
  }
  bytes += writeSync(file, `${batch}]}`)
  closeSync(file)
  return { components, bytes }
}

/** Few packages are everywhere and most are rare. */
function manyInventories(pool: readonly Written[]): Uint8Array[] {
  const random = seeded(20_261_121)
  return Array.from({ length: INVENTORIES }, () => {
    const own = Array.from({ length: COMPONENTS }, () => {
      const n = Math.floor(random() ** 3 * 60_000)
      return written(pool[n % pool.length]!, n)
    })
    return new TextEncoder().encode(`{"bomFormat":"CycloneDX","specVersion":"1.5","version":1,"components":[${own.join(',')}]}`)
  })
}

function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
