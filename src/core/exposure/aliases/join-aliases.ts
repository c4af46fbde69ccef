import { foldedId, isCve, primaryId } from './flaw-names.ts'

/** What joining needs of a record; `AdvisoryRecord` has it. */
export interface NamedRecord {
  readonly id: string
  readonly aliases: readonly string[]
}

/** Records that several databases made of one flaw. */
export interface FlawGroup {
  readonly primary: string
  /** All names, in order of code points. */
  readonly ids: readonly string[]
  /** Flaws that a record of several CVE ids covers: such a record stands alone, for it would make one flaw of them. */
  readonly covers: readonly string[]
  readonly joins: readonly AliasJoin[]
}

/** Why two names are one flaw's: a record that says so. */
export interface AliasJoin {
  readonly ids: readonly [string, string]
  readonly by: string
}

/** Why two names that a record joins were kept apart. */
export interface KeptApart {
  readonly ids: readonly [string, string]
  readonly by: string
  readonly why: 'names-several-cves' | 'leads-to-two-cves'
}

export interface JoinedAliases {
  readonly groups: readonly FlawGroup[]
  readonly keptApart: readonly KeptApart[]
  /** The group of an id as written in a record; undefined for an id nobody named. */
  readonly groupOf: (id: string) => FlawGroup | undefined
}

/**
 * Groups names of flaws by the aliases that records state, each join with its reason, the same whatever the order of records. No
 * group holds two CVE ids: a record that names several joins none of them (`covers` says which it is about); a name that leads to
 * two CVE ids by different records belongs to the nearer one, and to neither where both are as near.
 */
export function joinAliases(records: Iterable<NamedRecord>): JoinedAliases {
  const links = new Map<string, Map<string, string>>()
  const covers = new Map<string, readonly string[]>()
  const keptApart: KeptApart[] = []
  for (const record of records) {
    const id = foldedId(record.id)
    const aliases = [...new Set(record.aliases.map(foldedId))].filter((alias) => alias !== id && alias !== '')
    node(links, id)
    const cves = [...(isCve(id) ? [id] : []), ...aliases.filter(isCve)]
    if (cves.length > 1) {
      covers.set(id, [...new Set([...(covers.get(id) ?? []), ...cves.filter((cve) => cve !== id)])].sort())
      for (const alias of aliases) keptApart.push({ ids: pair(id, alias), by: id, why: 'names-several-cves' })
      for (const cve of aliases) node(links, cve)
      continue
    }
    for (const alias of aliases) link(links, id, alias, id)
  }
  const owners = ownersOf(links)
  const groups = new Map<string, { ids: string[]; joins: AliasJoin[] }>()
  const names = [...links.keys()].sort()
  for (const id of names) {
    const owner = owners.get(id)!
    const group = groups.get(owner) ?? { ids: [], joins: [] }
    group.ids.push(id)
    groups.set(owner, group)
  }
  for (const id of names) {
    for (const [other, by] of [...links.get(id)!].sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (id > other) continue
      const owner = owners.get(id)!
      if (owner === owners.get(other)) groups.get(owner)!.joins.push({ ids: [id, other], by })
      else keptApart.push({ ids: [id, other], by, why: 'leads-to-two-cves' })
    }
  }
  const made = new Map<string, FlawGroup>()
  for (const [owner, { ids, joins }] of groups) {
    const covered = [...new Set(ids.flatMap((id) => covers.get(id) ?? []))].sort()
    made.set(owner, { primary: primaryId(ids), ids, covers: covered, joins })
  }
  return {
    groups: [...made.values()].sort((a, b) => (a.primary < b.primary ? -1 : 1)),
    keptApart: sortedApart(keptApart),
    groupOf: (id) => made.get(owners.get(foldedId(id)) ?? ''),
  }
}

function node(links: Map<string, Map<string, string>>, id: string): Map<string, string> {
  const held = links.get(id)
  if (held !== undefined) return held
  const made = new Map<string, string>()
  links.set(id, made)
  return made
}

function link(links: Map<string, Map<string, string>>, a: string, b: string, by: string): void {
  for (const [from, to] of [
    [a, b],
    [b, a],
  ] as const) {
    const held = node(links, from)
    const known = held.get(to)
    // Of several records that say the same, the first by code points is the reason, whichever came first.
    if (known === undefined || by < known) held.set(to, by)
  }
}

function pair(a: string, b: string): readonly [string, string] {
  return a < b ? [a, b] : [b, a]
}

/**
 * Who each name belongs to. In a connected set with at most one CVE id, all belong together. With several, each CVE id takes what
 * is nearest to it, step by step; what two reach in one step belongs to neither, and what hangs on that is a group of its own.
 */
function ownersOf(links: ReadonlyMap<string, ReadonlyMap<string, string>>): ReadonlyMap<string, string> {
  const owners = new Map<string, string>()
  const names = [...links.keys()].sort()
  const spread = (starts: readonly string[]): void => {
    let edge = [...starts]
    while (edge.length > 0) {
      const claims = new Map<string, string | null>()
      for (const id of edge) {
        for (const next of links.get(id)!.keys()) {
          if (owners.has(next)) continue
          const owner = owners.get(id)!
          const held = claims.get(next)
          claims.set(next, held === undefined || held === owner ? owner : null)
        }
      }
      edge = []
      for (const [id, owner] of claims) {
        if (owner === null) owners.set(id, `?${id}`)
        else {
          owners.set(id, owner)
          edge.push(id)
        }
      }
    }
  }
  const cves = names.filter(isCve)
  for (const cve of cves) owners.set(cve, cve)
  spread(cves)
  for (const id of names) {
    if (owners.has(id)) continue
    owners.set(id, id)
    spread([id])
  }
  return owners
}

function sortedApart(list: readonly KeptApart[]): KeptApart[] {
  const text = ({ ids, by, why }: KeptApart): string => `${ids[0]} ${ids[1]} ${by} ${why}`
  const unique = new Map(list.map((one) => [text(one), one]))
  return [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
}
