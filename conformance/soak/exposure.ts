// 10,000 rewrites of drawn inventories give identical findings; weir exposure matches one of 250 MB in bounded time and memory.
import { spawn } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildIndex } from '../../src/core/exposure/advisory-index.ts'
import type { AdvisoryRecord } from '../../src/core/exposure/advisory-record.ts'
import { joinAliases } from '../../src/core/exposure/aliases/join-aliases.ts'
import { assess, matchComponents } from '../../src/core/exposure/assess.ts'
import type { Component } from '../../src/core/exposure/component.ts'
import { identityOf } from '../../src/core/exposure/identity.ts'
import { lookUp } from '../../src/core/exposure/look-up.ts'
import { identityOfPurl } from '../../src/core/exposure/package-identity.ts'
import { drawInventory } from '../../src/devkit/drawn-inventory.ts'
import { osvOf } from '../../src/devkit/exposure-shell.ts'
import { drawing, formInventory, INVENTORY_FORMS } from '../../src/devkit/inventory-forms.ts'
import { detectInventory } from '../../src/formats/inventory/detect-inventory.ts'
import { inventoryReader } from '../../src/formats/inventory/inventory-reader.ts'

const REWRITES = Number(process.env['EXPOSURE_REWRITES'] ?? 10_000)
const MEGABYTES = Number(process.env['EXPOSURE_MEGABYTES'] ?? 250)
const SEED = Number(process.env['EXPOSURE_SEED'] ?? 1)
const RECORDS = 9000
const MOST_SECONDS = 60
const MOST_MEGABYTES = 500
const MAIN = join(import.meta.dirname, '../../src/cli/main.ts')

let failures = 0

/** A record of one package, of two databases with one CVE id for every third. */
function recordsOf(purl: string, n: number, draw: () => number): AdvisoryRecord[] {
  const identity = identityOfPurl(purl)
  if (identity === null || identity.version === null) return []
  const { key, type, version } = identity
  const aliases = n % 3 === 0 ? [`CVE-2030-${10_000 + n}`] : []
  const whole = { kind: 'ecosystem' as const, events: [{ introduced: '0' }], vers: null }
  const listed = draw() < 0.5
  const affected = { key, ecosystem: type, name: key, ranges: listed ? [] : [whole], versions: listed ? [version] : [] }
  const record = (id: string): AdvisoryRecord => ({
    id,
    aliases,
    source: 'osv',
    modified: null,
    published: null,
    withdrawn: null,
    summary: '',
    vectors: [],
    affected: [affected],
    products: [],
  })
  return n % 3 === 0 ? [record(`A-${n}`), record(`B-${n}`)] : [record(`A-${n}`)]
}

function componentsIn(text: string): Component[] {
  const bytes = new TextEncoder().encode(text)
  const kind = detectInventory(bytes.subarray(0, 1 << 16))
  if (kind === null) return []
  const reader = inventoryReader(kind)
  return [...reader.push(bytes), ...reader.end()].flatMap((item) => ('component' in item ? [item.component] : []))
}

function rewrites(): void {
  let found = 0
  for (let n = 0; n < REWRITES; n += INVENTORY_FORMS.length) {
    const seed = SEED * 1_000_003 + n
    const drawn = drawInventory(seed, 40)
    const draw = drawing(seed)
    const purls = [...new Set(drawn.flatMap(({ purl }) => (purl === null ? [] : [purl])))]
    const records = purls.filter(() => draw() < 0.6).flatMap((purl, k) => recordsOf(purl, k, draw))
    const [index, joined] = [buildIndex(records), joinAliases(records)]
    const texts = INVENTORY_FORMS.map((form, k) => {
      const matched = matchComponents(componentsIn(formInventory(drawn, form, n + k)), (one) => lookUp(index, one))
      const { affected, unknown } = assess(matched, joined)
      const said = [affected, unknown].map((flaws) =>
        flaws
          .map(({ component, primary, match }) => `${primary} ${identityOf(component)} ${match.fixed} ${match.affected}`)
          .sort(),
      )
      found += said[0]!.length
      return JSON.stringify(said)
    })
    for (const [k, text] of texts.entries()) {
      if (text === texts[0]) continue
      failures++
      console.log(
        `seed ${seed}, ${INVENTORY_FORMS[k]}, rewrite ${n + k}: the findings differ from those of ${INVENTORY_FORMS[0]}`,
      )
    }
  }
  console.log(`${REWRITES} rewrites, ${found} findings in them: ${failures} differ`)
  if (found === 0) failures++
}

/** Packages of which every fiftieth stands in a record, each entry with what tools write beside it. */
function writeInventory(path: string): number {
  const file = openSync(path, 'w')
  let [written, count] = [0, 0]
  let batch = '{"bomFormat":"CycloneDX","specVersion":"1.5","components":['
  while (written < MEGABYTES * 1e6) {
    const [name, version] = [`pkg-${count % 50 === 0 ? count % RECORDS : `other-${count}`}`, `${count % 9}.${count % 31}.0`]
    batch +=
      `${count === 0 ? '' : ','}{"type":"library","bom-ref":"r${count}","name":"${name}","version":"${version}","purl":"pkg:npm/${name}@${version}",` +
      `"hashes":[{"alg":"SHA-1","content":"${count.toString(16).padStart(40, '0')}"}],"licenses":[{"license":{"id":"MIT"}}],"description":"One of many components of a large inventory"}`
    count++
    if (batch.length > 1 << 20) {
      written += writeSync(file, batch)
      batch = ''
    }
  }
  writeSync(file, `${batch}]}`)
  closeSync(file)
  return count
}

async function large(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'weir-exposure-soak-'))
  try {
    const feed = join(folder, 'feed.ndjson')
    const records = Array.from({ length: RECORDS }, (_, n) => JSON.stringify(osvOf(`X-${n}`, `pkg-${n}`, '5.0.0')))
    writeFileSync(feed, `${records.join('\n')}\n`)
    const sbom = join(folder, 'large.cdx.json')
    const components = writeInventory(sbom)
    const began = performance.now()
    const words = ['--disable-warning=ExperimentalWarning', MAIN, 'exposure', sbom, '--feed', feed, '--json']
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'ignore'] })
    let lines = 0
    child.stdout.on('data', (chunk: Buffer) => {
      for (const byte of chunk) if (byte === 10) lines++
    })
    let peak = 0
    const looking = setInterval(() => {
      peak = Math.max(peak, peakOf(child.pid!))
    }, 50)
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
    clearInterval(looking)
    const seconds = (performance.now() - began) / 1000
    console.log(`${MEGABYTES} MB, ${components} components: ${lines} findings in ${seconds.toFixed(1)} s, peak ${peak} MB`)
    if (code !== 1 || lines === 0 || seconds > MOST_SECONDS || peak > MOST_MEGABYTES) failures++
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Largest resident memory of a process so far in MB; 0 where the system does not tell. */
function peakOf(pid: number): number {
  try {
    return Math.round(Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024)
  } catch {
    return 0
  }
}

await large()
rewrites()
process.exit(failures === 0 ? 0 : 1)
