import type { AdvisoryFlaw, AffectedProduct, Credit, Score } from '../../../core/advisories/content.ts'
import { SCORERS } from '../../../core/advisories/content.ts'
import type { CaseFlaw, Participant, StatusStatement } from '../../../core/cases/case.ts'
import { isMaker } from '../../../core/cases/roster.ts'
import type { Finding } from '../../../core/findings/finding.ts'
import { formatPurl, parsePurl, withoutVersion } from '../../../core/kernel/purl.ts'
import { parseVector } from '../../../core/priority/cvss/vector.ts'
import type { Tx } from '../../store/connection.ts'
import type { LoadedCase } from '../cases/load-case.ts'
import { loadNames } from '../docket/names.ts'

/** What a draft is made from beside the case itself. */
export interface DraftSource {
  /** The finding that leads the flaw; null where it was erased. */
  readonly lead: Finding | null
  readonly findings: readonly Finding[]
  /** Identifiers by which others handle it and that say nothing else. */
  readonly handles: readonly string[]
}

const TITLE = 300
const TEXT = 20_000
const NAME = 200
const CWE = /^CWE-[1-9][0-9]{0,4}$/
const PLAIN_VERSION = /^[0-9A-Za-z][0-9A-Za-z.+_:~-]{0,99}$/

/** One flaw of a case as the first draft of an advisory: what finders and vendors said, for a person to work on. */
export async function draftFlaw(tx: Tx, home: LoadedCase, flaw: CaseFlaw, source: DraftSource): Promise<AdvisoryFlaw> {
  const { lead, findings } = source
  const names = await namesOf(tx, home)
  const title = cut(lead?.title ?? '', TITLE)
  return {
    id: flaw.flaw,
    title,
    description: cut(lead?.text ?? '', TEXT),
    aliases: [...(flaw.cve === null ? [] : [flaw.cve]), ...source.handles],
    weaknesses: distinct(findings.flatMap(({ weaknesses }) => weaknesses))
      .filter((id) => CWE.test(id))
      .slice(0, 20),
    scores: scoresOf(home, flaw, findings),
    affected: affectedOf(home, flaw, lead, names),
    remedies: [],
    references: [],
    credits: creditsOf(home, flaw, names),
    timeline: [],
    selections: [],
  }
}

interface Names {
  readonly organisation: (one: Participant) => string | null
  readonly project: (one: Participant) => { readonly name: string; readonly purl: string | null } | null
}

async function namesOf(tx: Tx, { case: of, projects }: LoadedCase): Promise<Names> {
  const { organisations } = await loadNames(
    tx,
    [],
    of.participants.flatMap(({ organisation }) => organisation ?? []),
  )
  const ids = [...new Set(Object.values(projects))]
  const rows =
    ids.length === 0 ? [] : await tx.db.selectFrom('project').select(['id', 'name', 'purl']).where('id', 'in', ids).execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  return {
    organisation: ({ organisation }) => (organisation === null ? null : (organisations.get(organisation) ?? null)),
    project: ({ id }) => byId.get(projects[id] ?? '') ?? null,
  }
}

/** Scores of those who own them: the vendor's and the coordinator's judgements, and what finders stated. */
function scoresOf({ case: of, severities }: LoadedCase, { flaw }: CaseFlaw, findings: readonly Finding[]): Score[] {
  const judged = severities
    .filter((one) => one.flaw === flaw)
    .map(({ participant, vector }): Score => ({ by: participant === of.chair ? 'coordinator' : 'vendor', vector }))
  const stated = findings
    .flatMap(({ severities: claims }) => claims.filter(({ kind }) => kind.startsWith('cvss')))
    .map(({ value }): Score => ({ by: 'finder', vector: value }))
  const all = [...judged, ...stated].filter(({ vector }) => parseVector(vector).ok)
  const seen = new Set<string>()
  return all
    .filter(({ by, vector }) => !seen.has(`${by} ${vector}`) && seen.add(`${by} ${vector}`) !== null)
    .sort((a, b) => SCORERS.indexOf(a.by) - SCORERS.indexOf(b.by))
    .slice(0, 20)
}

/** What vendors said and a second person approved; before the first word of any of them, what the finder named. */
function affectedOf(home: LoadedCase, { flaw }: CaseFlaw, lead: Finding | null, names: Names): AffectedProduct[] {
  const purl = barePurl(lead?.target?.purl ?? null)
  const stated = home.case.participants.flatMap((one): AffectedProduct[] => {
    const status = one.works.find((work) => work.flaw === flaw)?.status ?? null
    // Who hides its participation is not named to the world either.
    return status === null || one.hidden || one.leftAt !== null || !isMaker(one.kind)
      ? []
      : productOf(home, one, status, names, purl)
  })
  const version = lead?.target?.version ?? null
  const versions = version !== null && PLAIN_VERSION.test(version) ? [version] : []
  const named: AffectedProduct | null = purl === null ? null : { ...NOTHING, purl, versions, status: 'affected' }
  return named === null || stated.some((one) => one.purl === purl && one.status === 'affected')
    ? stated.map((one) => (one.purl === purl && one.status === 'affected' ? { ...one, versions } : one))
    : [named, ...stated]
}

const NOTHING = { vendor: null, product: null, ranges: [], justification: null, statement: null } as const

function productOf(
  { texts }: LoadedCase,
  one: Participant,
  { status, justification, digest }: StatusStatement,
  names: Names,
  target: string | null,
): AffectedProduct[] {
  const project = names.project(one)
  const purl = barePurl(project?.purl ?? null) ?? (one.kind === 'maintainer' ? target : null)
  const vendor = named(names.organisation(one) ?? project?.name ?? null)
  const product = named(project?.name ?? target ?? null)
  if (purl === null && (vendor === null || product === null)) return []
  const statement = digest === null ? '' : cut(texts[digest] ?? '', TEXT)
  const said = statement.trim() === '' ? null : statement
  return [{ ...NOTHING, purl, vendor, product, versions: [], status, justification, statement: said }]
}

/** Finders that take part and do not hide it, by the name of their organisation; nobody else is named without being asked. */
function creditsOf({ case: of }: LoadedCase, { flaw }: CaseFlaw, names: Names): Credit[] {
  return of.participants.flatMap((one): Credit[] => {
    const name = named(names.organisation(one))
    const is = one.kind === 'finder' && !one.hidden && one.leftAt === null && one.flaws.includes(flaw) && name !== null
    return is ? [{ kind: 'finder', name, organisation: null }] : []
  })
}

function barePurl(text: string | null): string | null {
  const parsed = text === null ? null : parsePurl(text)
  return parsed?.ok ? formatPurl(withoutVersion(parsed.purl)) : null
}

function named(text: string | null): string | null {
  const name = cut(text ?? '', NAME)
  return name.trim() === '' ? null : name
}

/** At most so many UTF-16 units, no character cut in half. */
function cut(text: string, most: number): string {
  return text
    .toWellFormed()
    .slice(0, most)
    .replace(/[\ud800-\udbff]$/, '')
}

function distinct<T>(list: readonly T[]): T[] {
  return [...new Set(list)]
}
