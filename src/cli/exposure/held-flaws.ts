import type { AdvisoryRecord } from '../../core/exposure/advisory-record.ts'
import { type JoinedAliases, joinAliases } from '../../core/exposure/aliases/join-aliases.ts'
import { nearRecords } from '../../core/exposure/aliases/near-records.ts'
import { assess, type ComponentFlaw, type GivenVex } from '../../core/exposure/assess.ts'
import type { Component } from '../../core/exposure/component.ts'
import { identityOf } from '../../core/exposure/identity.ts'
import type { UnusedStatement } from '../../core/exposure/vex/apply-vex.ts'
import type { VexStatement } from '../../core/exposure/vex/vex-statement.ts'
import type { InventorySubject } from '../../formats/inventory/inventory.ts'
import type { AssetRead, InventoriesRead } from './inventories.ts'

/** One flaw of one component, and the assets that have it. */
export interface HeldFlaw {
  readonly flaw: ComponentFlaw
  readonly assets: readonly AssetRead[]
}

export interface HeldFlaws {
  readonly affected: readonly HeldFlaw[]
  readonly unknown: readonly HeldFlaw[]
  readonly settled: readonly HeldFlaw[]
  readonly unused: readonly UnusedStatement[]
}

type Kind = 'affected' | 'unknown' | 'settled'

/** The names that records of these inventories' matches go by; records that no alias leads to are left out. */
export function joinedFor(records: readonly AdvisoryRecord[], { matched }: InventoriesRead): JoinedAliases {
  const asked = new Set(matched.flatMap(({ matches }) => matches.map(({ record }) => record)))
  return joinAliases(nearRecords(records, asked))
}

/** What all inventories come to: each flaw of a component once, with its assets. A statement may be about one asset and not another. */
export function heldFlaws(read: InventoriesRead, joined: JoinedAliases, statements: readonly VexStatement[]): HeldFlaws {
  const held: Record<Kind, Map<string, { flaw: ComponentFlaw; assets: Set<AssetRead> }>> = {
    affected: new Map(),
    unknown: new Map(),
    settled: new Map(),
  }
  const add = (kind: Kind, flaw: ComponentFlaw, assets: readonly AssetRead[]): void => {
    const key = `${identityOf(flaw.component)}\n${flaw.primary}`
    const known = held[kind].get(key)
    if (known === undefined) held[kind].set(key, { flaw, assets: new Set(assets) })
    else for (const asset of assets) known.assets.add(asset)
  }
  const unused = statements.length === 0 ? plainly(read, joined, add) : byStatements(read, joined, statements, add)
  const all = (kind: Kind) => Array.from(held[kind].values(), ({ flaw, assets }) => ({ flaw, assets: [...assets] }))
  return { affected: all('affected'), unknown: all('unknown'), settled: all('settled'), unused }
}

type Add = (kind: Kind, flaw: ComponentFlaw, assets: readonly AssetRead[]) => void

function plainly(read: InventoriesRead, joined: JoinedAliases, add: Add): readonly UnusedStatement[] {
  const owners: AssetRead[][] = read.matched.map(() => [])
  for (const asset of read.assets) for (const number of asset.matched) owners[number]!.push(asset)
  const numbers = new Map<Component, number>(read.matched.map(({ component }, n) => [component, n]))
  const { affected, unknown } = assess(read.matched, joined)
  for (const flaw of affected) add('affected', flaw, owners[numbers.get(flaw.component)!]!)
  for (const flaw of unknown) add('unknown', flaw, owners[numbers.get(flaw.component)!]!)
  return []
}

function byStatements(
  read: InventoriesRead,
  joined: JoinedAliases,
  statements: readonly VexStatement[],
  add: Add,
): readonly UnusedStatement[] {
  const authors = [...new Set(statements.map(({ author }) => author))]
  const unused = new Map<VexStatement, UnusedStatement>()
  const used = new Set<VexStatement>()
  for (const asset of read.assets) {
    const found = [...asset.matched].map((number) => read.matched[number]!)
    const vex: GivenVex = { statements, trust: { authors, subject: subjectOf(asset.subject), ...refsOf(asset) } }
    const assessment = assess(found, joined, vex)
    for (const kind of ['affected', 'unknown', 'settled'] as const)
      for (const flaw of assessment[kind]) add(kind, flaw, [asset])
    const idle = new Set(assessment.unused.map(({ statement }) => statement))
    for (const statement of statements) if (!idle.has(statement)) used.add(statement)
    for (const one of assessment.unused) unused.set(one.statement, one)
  }
  return [...unused.values()].filter(({ statement }) => !used.has(statement))
}

function subjectOf(subject: InventorySubject | null): Component | null {
  if (subject === null || (subject.purl === null && subject.name === null)) return null
  const { purl, name, version } = subject
  return { purl, cpes: [], group: null, name: name ?? '', version, type: null, marks: [], place: '' }
}

/** How statements may name its components and itself: by `bom-ref`, and by BOM-Link (`urn:cdx:serial/version#ref`). */
function refsOf({ refs, subject }: AssetRead): { refs: ReadonlyMap<string, string>; subjectRefs: ReadonlySet<string> } {
  const serial = subject?.serial?.startsWith('urn:uuid:') ? subject.serial.slice('urn:uuid:'.length) : null
  const link = serial === null ? null : `urn:cdx:${serial}/${subject?.edition ?? '1'}`
  const linked = link === null ? [] : [...refs].map(([ref, purl]): [string, string] => [`${link}#${ref}`, purl])
  const own = subject?.ref ?? null
  const itself = [...(own === null ? [] : [own]), ...(link === null ? [] : [link, ...(own === null ? [] : [`${link}#${own}`])])]
  return { refs: new Map([...refs, ...linked]), subjectRefs: new Set(itself) }
}
