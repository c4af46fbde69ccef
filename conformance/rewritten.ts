import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import { type AdvisoryIndex, buildIndex } from '../src/core/exposure/advisory-index.ts'
import type { AdvisoryRecord } from '../src/core/exposure/advisory-record.ts'
import { type JoinedAliases, joinAliases } from '../src/core/exposure/aliases/join-aliases.ts'
import { assess, matchComponents } from '../src/core/exposure/assess.ts'
import type { Component } from '../src/core/exposure/component.ts'
import { identityOf } from '../src/core/exposure/identity.ts'
import { lookUp } from '../src/core/exposure/look-up.ts'
import { parsePurl } from '../src/core/kernel/purl.ts'
import type { FormedComponent } from '../src/devkit/inventory-forms.ts'
import { detectInventory } from '../src/formats/inventory/detect-inventory.ts'
import { inventoryReader } from '../src/formats/inventory/inventory-reader.ts'
import { knownReader } from '../src/formats/known/known-reader.ts'
import { readOsvRecord } from '../src/formats/known/osv-record.ts'

/** Advisories as findings are made of them. */
export interface Book {
  readonly index: AdvisoryIndex
  readonly joined: JoinedAliases
}

export function bookOf(records: readonly AdvisoryRecord[]): Book {
  return { index: buildIndex(records), joined: joinAliases(records) }
}

/** The folder with the shared advisories and inventories; null where `WEIR_CORPUS` does not name one. */
export function exposureCorpus(): string | null {
  const folder = join(process.env['WEIR_CORPUS'] ?? '/nonexistent', 'exposure')
  return existsSync(folder) ? folder : null
}

/** The 8,919 shared OSV records, as our reader reads them. */
export function sharedRecords(corpus: string): AdvisoryRecord[] {
  return ['npm', 'pypi', 'crates.io', 'go'].flatMap((name) => {
    const reader = knownReader((value) => readOsvRecord(value))
    const bytes = zstdDecompressSync(readFileSync(join(corpus, `advisories/osv-${name}.ndjson.zst`)))
    return [...reader.push(bytes), ...reader.end()].flatMap((item) => (item.ok ? [item.value] : []))
  })
}

/** The bytes of every shared inventory by its name, unpacked. */
export function* sharedInventories(corpus: string): Generator<readonly [name: string, bytes: Uint8Array]> {
  for (const folder of ['cyclonedx', 'spdx'])
    for (const name of readdirSync(join(corpus, 'sbom', folder)).sort())
      yield [name.replace(/\.zst$/, ''), zstdDecompressSync(readFileSync(join(corpus, 'sbom', folder, name)))]
}

/** What an inventory names, pushed in pieces of the sizes drawn; throws where it is not recognised or refused: nothing here is hostile. */
export function componentsIn(bytes: Uint8Array, name = '', size: () => number = () => 1 << 16): Component[] {
  const kind = detectInventory(bytes.subarray(0, 1 << 16), name)
  if (kind === null) throw new Error(`${name} is not recognised`)
  const reader = inventoryReader(kind)
  const found: Component[] = []
  const take = (items: ReturnType<typeof reader.end>): void => {
    for (const item of items) {
      if ('refused' in item) throw new Error(`${name}: ${item.refused.mend}`)
      if ('component' in item) found.push(item.component)
    }
  }
  for (let at = 0; at < bytes.length; ) {
    const end = at + size()
    take(reader.push(bytes.slice(at, end)))
    at = end
  }
  take(reader.end())
  return found
}

/** Findings as texts in order: component, flaw and its other names, what is known and what ends it, each record. */
export function findingsOf(components: Iterable<Component>, { index, joined }: Book): string[] {
  const { affected, unknown } = assess(
    matchComponents(components, (one) => lookUp(index, one)),
    joined,
  )
  return [...affected, ...unknown]
    .map(({ component, primary, ids, match, records }) => {
      const own = records.map(({ record, match: { affected: is, fixed } }) => `${record.id}:${is}:${fixed}`).sort()
      return [identityOf(component), primary, ids.toSorted(), match.affected, match.by, match.fixed, own].join(' ')
    })
    .sort()
}

/** A component as rewrites spell it; null for those whose purl says another name than they do. */
export function formedOf(component: Component): FormedComponent | null {
  if (component.purl === null) return null
  const parsed = parsePurl(component.purl)
  if (!parsed.ok || parsed.purl.version === null) return null
  const { namespace: group, name, version } = parsed.purl
  return { purl: component.purl, cpe: null, group, name, version, type: component.type ?? 'library' }
}

/** What a formed component is before it is written in any format. */
export function unwritten(of: FormedComponent): Component {
  return { ...of, cpes: of.cpe === null ? [] : [of.cpe], marks: [], place: '' }
}

/** The distinct components of all shared inventories: those that records speak of, and the others. */
export function realComponents(corpus: string, { index }: Book): { spoken: FormedComponent[]; others: FormedComponent[] } {
  const seen = new Set<string>()
  const found = { spoken: [] as FormedComponent[], others: [] as FormedComponent[] }
  for (const [name, bytes] of sharedInventories(corpus)) {
    for (const component of componentsIn(bytes, name)) {
      const formed = formedOf(component)
      if (formed === null || seen.has(identityOf(component))) continue
      seen.add(identityOf(component))
      found[lookUp(index, unwritten(formed)).length > 0 ? 'spoken' : 'others'].push(formed)
    }
  }
  return found
}

/** An inventory drawn from real components, about a third of them spoken of. */
export function drawReal(
  pool: { spoken: FormedComponent[]; others: FormedComponent[] },
  draw: () => number,
): FormedComponent[] {
  const pick = (from: readonly FormedComponent[]) => from[Math.floor(draw() * from.length)]!
  return Array.from({ length: 1 + Math.floor(draw() * 40) }, () => pick(draw() < 0.35 ? pool.spoken : pool.others))
}
