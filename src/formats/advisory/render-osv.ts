import { completeness, isForOsv } from '../../core/advisories/completeness.ts'
import type { AdvisoryFlaw, AffectedProduct, AffectedRange, Credit, Reference } from '../../core/advisories/content.ts'
import type { Edition } from '../../core/advisories/edition.ts'
import { osvPackage } from '../../core/advisories/osv-package.ts'
import { formatInstant } from '../../core/kernel/instant.ts'
import { inertMarkdown } from './inert-markdown.ts'
import { plainLine, plainText } from './plain-text.ts'
import { csafPath, osvId, publicAddress } from './public-place.ts'
import { rankedScores } from './score-order.ts'
import { distinct, filled, type Json } from './sorted-json.ts'

const RANGE_TYPE: Readonly<Record<AffectedRange['scheme'], string>> = { semver: 'SEMVER', ecosystem: 'ECOSYSTEM', git: 'GIT' }
const SCORE_TYPE = { '2.0': 'CVSS_V2', '3.0': 'CVSS_V3', '3.1': 'CVSS_V3', '4.0': 'CVSS_V4' } as const
const REFERENCE_TYPE: Readonly<Record<Reference['kind'], string>> = {
  advisory: 'ADVISORY',
  article: 'ARTICLE',
  report: 'REPORT',
  fix: 'FIX',
  package: 'PACKAGE',
  evidence: 'EVIDENCE',
  web: 'WEB',
}
const CREDIT_TYPE: Readonly<Record<Credit['kind'], string>> = {
  finder: 'FINDER',
  reporter: 'REPORTER',
  analyst: 'ANALYST',
  coordinator: 'COORDINATOR',
  developer: 'REMEDIATION_DEVELOPER',
  reviewer: 'REMEDIATION_REVIEWER',
  tool: 'TOOL',
  other: 'OTHER',
}

/** The OSV 1.7 records of an edition, one a flaw that OSV can hold: `id` names the file, `record` is its content. */
export function renderOsv(edition: Edition): { readonly id: string; readonly record: Json }[] {
  const { osv } = completeness(edition.content)
  return edition.content.flaws.flatMap((flaw, n) => {
    if (osv.some(({ at }) => at.startsWith(`flaws/${n}/`))) return []
    const id = osvId(edition, flaw)
    return [{ id, record: recordOf(edition, flaw, id) }]
  })
}

function recordOf(edition: Edition, flaw: AdvisoryFlaw, id: string): Json {
  const { released, updated, withdrawn } = edition
  return {
    schema_version: '1.7.0',
    id,
    published: formatInstant(released),
    modified: formatInstant(updated),
    withdrawn: withdrawn === null ? undefined : formatInstant(withdrawn.at),
    aliases: filled([...new Set(flaw.aliases)]),
    summary: plainLine(flaw.title),
    details: inertMarkdown(flaw.description),
    severity: filled(severities(flaw)),
    affected: filled(flaw.affected.filter(isForOsv).map(affectedOf)),
    references: references(edition, flaw),
    credits: filled(flaw.credits.map(({ kind, name }) => ({ name: plainLine(name), type: CREDIT_TYPE[kind] }))),
    database_specific: databaseSpecific(edition, flaw),
  }
}

/** Every vector once, the vendor's first. */
function severities(flaw: AdvisoryFlaw): Json[] {
  return distinct(rankedScores(flaw.scores).map(({ scored }) => ({ type: SCORE_TYPE[scored.version], score: scored.vector })))
}

function affectedOf({ purl, ranges, versions }: AffectedProduct): Json {
  const named = purl === null ? null : osvPackage(purl)
  return {
    package: named === null ? undefined : { ...named, purl: purl ?? undefined },
    // Versions without a package mean nothing to a reader; commits name their repository themselves.
    ranges: filled(ranges.filter(({ scheme }) => named !== null || scheme === 'git').map(rangeOf)),
    versions: named === null ? undefined : filled([...new Set(versions.map(plainLine))]),
  }
}

function rangeOf({ scheme, repository, introduced, fixed, lastAffected }: AffectedRange): Json {
  const clean = (version: string) => plainLine(version)
  const events: Json[] = [{ introduced: clean(introduced ?? '0') }]
  if (fixed !== null) events.push({ fixed: clean(fixed) })
  if (lastAffected !== null) events.push({ last_affected: clean(lastAffected) })
  return { type: RANGE_TYPE[scheme], repo: repository ?? undefined, events }
}

function references(edition: Edition, flaw: AdvisoryFlaw): Json {
  const stated = [...flaw.references, ...edition.content.references]
  return distinct([
    { type: 'ADVISORY', url: publicAddress(edition, csafPath(edition)) },
    ...stated.map(({ kind, url }) => ({ type: REFERENCE_TYPE[kind], url })),
  ])
}

/** What OSV has no field for: the advisory, weaknesses, who scored, remedies, SSVC inputs with who judged and when. */
function databaseSpecific({ id, withdrawn }: Edition, flaw: AdvisoryFlaw): Json {
  return {
    advisory: id,
    cwe_ids: filled([...new Set(flaw.weaknesses)]),
    scores: filled(rankedScores(flaw.scores).map(({ by, scored }) => ({ by, score: scored.score, vector: scored.vector }))),
    remedies: filled(flaw.remedies.map(({ kind, text, url }) => ({ kind, text: plainText(text), url: url ?? undefined }))),
    ssvc: filled(
      flaw.selections.map(({ audience, point, value, by, at }) => ({
        audience,
        point,
        value,
        by: plainLine(by),
        at: formatInstant(at),
      })),
    ),
    withdrawn_because: withdrawn === null ? undefined : plainText(withdrawn.reason),
  }
}
