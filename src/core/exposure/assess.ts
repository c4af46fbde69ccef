import { type FlawMatch, foldFlaws } from './aliases/fold-flaws.ts'
import type { JoinedAliases } from './aliases/join-aliases.ts'
import type { Component } from './component.ts'
import { identityOf } from './identity.ts'
import type { RecordMatch } from './look-up.ts'
import { applyVex, type UnusedStatement, type VexTarget, type VexTrust } from './vex/apply-vex.ts'
import type { VexStatement } from './vex/vex-statement.ts'

/** What advisories say of one component. */
export interface ComponentMatches {
  readonly component: Component
  readonly matches: readonly RecordMatch[]
}

/** One flaw in one component, however many databases name it, and the VEX statement that decided, if one did. */
export interface ComponentFlaw extends FlawMatch {
  readonly component: Component
  readonly statement: VexStatement | null
}

/** What an inventory comes to. */
export interface Assessment {
  readonly affected: readonly ComponentFlaw[]
  /** Where nobody can tell, each with why in its steps: shown apart, never left out. */
  readonly unknown: readonly ComponentFlaw[]
  /** What would be affected or unknown, had no statement said otherwise. */
  readonly settled: readonly ComponentFlaw[]
  /** Statements that changed nothing here, each with why. */
  readonly unused: readonly UnusedStatement[]
}

/** Statements and whom to believe. */
export interface GivenVex {
  readonly statements: readonly VexStatement[]
  readonly trust: VexTrust
}

/** Holds each distinct component of an inventory against a book of advisories once; those that no record speaks of are left out. */
export function matchComponents(
  components: Iterable<Component>,
  lookUp: (component: Component) => readonly RecordMatch[],
): ComponentMatches[] {
  const seen = new Set<string>()
  const found: ComponentMatches[] = []
  for (const component of components) {
    const key = matchKey(component)
    if (seen.has(key)) continue
    seen.add(key)
    const matches = lookUp(component)
    if (matches.length > 0) found.push({ component, matches })
  }
  return found
}

/** Equal for components that no advisory tells apart. */
export function matchKey(component: Component): string {
  const { purl, cpes, marks, version } = component
  const identity = identityOf(component)
  const isWhole = purl !== null && (version === null || isVersioned(identity))
  return isWhole && cpes.length === 0 && marks.length === 0
    ? identity
    : JSON.stringify([identity, cpes.toSorted(), marks.toSorted(), version])
}

/** Whether a canonical purl names a version: one that no purl can hold stands beside it, and counts in its place. */
function isVersioned(purl: string): boolean {
  const mark = purl.indexOf('?')
  const end = mark < 0 ? purl.length : mark
  return purl.lastIndexOf('@', end) > purl.lastIndexOf('/', end)
}

/**
 * Folds what matched into flaws: each counts once a component whatever databases name it, what VEX statements settle stands apart
 * with its reason, and so does what nobody can tell. In order of components, then of flaws.
 */
export function assess(
  found: readonly ComponentMatches[],
  joined: Pick<JoinedAliases, 'groupOf'>,
  vex: GivenVex | null = null,
): Assessment {
  const given = vex === null || vex.statements.length === 0 ? null : stated(found, joined, vex)
  const affected: ComponentFlaw[] = []
  const unknown: ComponentFlaw[] = []
  const settled: ComponentFlaw[] = []
  for (const [n, { component, matches }] of found.entries()) {
    const own = given?.of[n] ?? null
    for (const flaw of foldFlaws((own?.left ?? matches).map(plainly), joined)) {
      const statement = deciding(flaw, own?.by)
      const into = flaw.match.affected === 'yes' ? affected : unknown
      into.push({ ...flaw, component, statement })
    }
    if (own === null || own.ended.length === 0) continue
    for (const flaw of foldFlaws(own.ended.map(plainly), joined)) {
      // A flaw of which another record still holds is not settled.
      if (!own.left.some(({ record }) => flaw.ids.includes(record.id)))
        settled.push({ ...flaw, component, statement: deciding(flaw, own.by) })
    }
  }
  return { affected, unknown, settled, unused: given?.unused ?? [] }
}

/** Databases that must name an end write a version that will never be where there is none: nobody can upgrade to it. */
const NEVER = /^v?9{3,}(?:\.9{3,}){0,5}$/

function plainly(found: RecordMatch): RecordMatch {
  const { fixed } = found.match
  return fixed !== null && NEVER.test(fixed) ? { ...found, match: { ...found.match, fixed: null } } : found
}

type By = ReadonlyMap<string, VexStatement>

function deciding({ records }: FlawMatch, by: By | undefined): VexStatement | null {
  if (by === undefined) return null
  for (const { record } of records) {
    const statement = by.get(`${record.source} ${record.id}`)
    if (statement !== undefined) return statement
  }
  return null
}

interface Own {
  readonly left: RecordMatch[]
  readonly ended: RecordMatch[]
  readonly by: Map<string, VexStatement>
}

function stated(
  found: readonly ComponentMatches[],
  joined: Pick<JoinedAliases, 'groupOf'>,
  { statements, trust }: GivenVex,
): { readonly of: readonly Own[]; readonly unused: readonly UnusedStatement[] } {
  const owner: number[] = []
  const targets = found.flatMap(({ component, matches }, n) =>
    matches.map(({ record, match }): VexTarget => {
      owner.push(n)
      return { component, record, match, ids: joined.groupOf(record.id)?.ids ?? [record.id] }
    }),
  )
  const applied = applyVex(targets, statements, trust)
  const of = found.map((): Own => ({ left: [], ended: [], by: new Map() }))
  for (const [n, { record, match, statement }] of applied.matches.entries()) {
    const own = of[owner[n]!]!
    ;(match.affected === 'no' ? own.ended : own.left).push({ record, match })
    if (statement !== null) own.by.set(`${record.source} ${record.id}`, statement)
  }
  return { of, unused: applied.unused }
}
