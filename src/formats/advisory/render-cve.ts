import { completeness, cveOf } from '../../core/advisories/completeness.ts'
import type { AdvisoryFlaw, Credit, Reference, Remedy } from '../../core/advisories/content.ts'
import type { Edition } from '../../core/advisories/edition.ts'
import { formatInstant } from '../../core/kernel/instant.ts'
import { severityOf } from '../../core/priority/cvss/score.ts'
import { cveAffected } from './cve-affected.ts'
import { cutText, plainLine, plainText } from './plain-text.ts'
import { csafPath, publicAddress } from './public-place.ts'
import { rankedScores } from './score-order.ts'
import { distinct, filled, type Json } from './sorted-json.ts'
import { weaknessName } from './tables/weakness-names.ts'

const DATA_VERSION = '5.2.0'
const TITLE_MAX = 256
const TEXT_MAX = 4096
const REFERENCES_MAX = 500
const METRIC = { '2.0': 'cvssV2_0', '3.0': 'cvssV3_0', '3.1': 'cvssV3_1', '4.0': 'cvssV4_0' } as const

const TAGS: Readonly<Record<Reference['kind'], string | null>> = {
  advisory: 'third-party-advisory',
  article: 'media-coverage',
  report: 'technical-description',
  fix: 'patch',
  package: 'product',
  evidence: 'exploit',
  web: null,
}

const CREDIT_TYPE: Readonly<Record<Credit['kind'], string>> = {
  finder: 'finder',
  reporter: 'reporter',
  analyst: 'analyst',
  coordinator: 'coordinator',
  developer: 'remediation developer',
  reviewer: 'remediation reviewer',
  tool: 'tool',
  other: 'other',
}

export interface CveRecord {
  readonly id: string
  readonly record: Json
}

/** The CVE records of an edition: published ones, or rejected ones once it was withdrawn with its CVE ids. */
export function renderCve(edition: Edition): CveRecord[] {
  const { cve } = completeness(edition.content)
  if (cve.some(({ at }) => !at.startsWith('flaws/'))) return []
  return edition.content.flaws.flatMap((flaw, n) => {
    const id = cveOf(flaw)
    if (id === null || cve.some(({ at }) => at.startsWith(`flaws/${n}/`))) return []
    return [{ id, record: edition.withdrawn?.rejectsCves ? rejected(edition, id) : published(edition, flaw, id) }]
  })
}

/** What a CNA hands to CVE Services for one published id: the container without the record around it; null: it has no such record. */
export function cnaContainer(edition: Edition, cve: string): Json | null {
  const { cve: missing } = completeness(edition.content)
  const n = edition.content.flaws.findIndex((flaw) => cveOf(flaw) === cve)
  const flaw = edition.content.flaws[n]
  const lacks = missing.some(({ at }) => !at.startsWith('flaws/') || at.startsWith(`flaws/${n}/`))
  return flaw === undefined || lacks ? null : containerOf(edition, flaw)
}

function published(edition: Edition, flaw: AdvisoryFlaw, id: string): Json {
  const metadata = { state: 'PUBLISHED', datePublished: formatInstant(edition.released) }
  return recordOf(edition, id, metadata, containerOf(edition, flaw))
}

function rejected(edition: Edition, id: string): Json {
  const at = formatInstant(edition.withdrawn?.at ?? edition.updated)
  const reason = cutText(plainText(edition.withdrawn?.reason ?? ''), TEXT_MAX)
  const metadata = { state: 'REJECTED', datePublished: formatInstant(edition.released), dateRejected: at }
  const container = { providerMetadata: provider(edition), rejectedReasons: [{ lang: 'en', value: reason }] }
  return recordOf(edition, id, metadata, container)
}

function recordOf(edition: Edition, id: string, metadata: { readonly [name: string]: Json }, cna: Json): Json {
  const assigner = edition.content.publisher.cna
  return {
    dataType: 'CVE_RECORD',
    dataVersion: DATA_VERSION,
    cveMetadata: {
      cveId: id,
      assignerOrgId: assigner?.organisation,
      assignerShortName: assigner?.shortName,
      dateUpdated: formatInstant(edition.updated),
      ...metadata,
    },
    containers: { cna },
  }
}

function provider({ content, updated }: Edition): Json {
  const { cna } = content.publisher
  return { orgId: cna?.organisation, shortName: cna?.shortName, dateUpdated: formatInstant(updated) }
}

function containerOf(edition: Edition, flaw: AdvisoryFlaw): Json {
  const said = (kinds: readonly Remedy['kind'][]): Json[] =>
    distinct(flaw.remedies.filter(({ kind }) => kinds.includes(kind)).map(({ text }) => english(text)))
  return {
    providerMetadata: provider(edition),
    title: cutText(plainLine(flaw.title), TITLE_MAX),
    datePublic: formatInstant(edition.released),
    descriptions: [english(flaw.description)],
    affected: flaw.affected.map(cveAffected),
    problemTypes: filled(problemTypes(flaw)),
    metrics: filled(metrics(flaw)),
    references: references(edition, flaw),
    solutions: filled(said(['fix'])),
    workarounds: filled(said(['workaround', 'mitigation'])),
    timeline: filled(distinct(flaw.timeline.map(({ at, what }) => ({ time: formatInstant(at), ...english(what) })))),
    credits: filled(
      distinct(
        flaw.credits.map(({ kind, name, organisation }) => ({
          ...english(organisation === null ? name : `${name}, ${organisation}`),
          type: CREDIT_TYPE[kind],
        })),
      ),
    ),
    source: { advisory: edition.id, discovery: 'EXTERNAL' },
  }
}

function english(text: string): { readonly lang: string; readonly value: string } {
  return { lang: 'en', value: cutText(plainText(text), TEXT_MAX) }
}

function problemTypes({ weaknesses }: AdvisoryFlaw): Json[] {
  return [...new Set(weaknesses)].map((cweId) => {
    const name = weaknessName(cweId)
    return { descriptions: [{ lang: 'en', type: 'CWE', cweId, description: name === null ? cweId : `${cweId} ${name}` }] }
  })
}

/** Everybody's scores side by side; the scenario says who scored. */
function metrics({ scores }: AdvisoryFlaw): Json[] {
  return distinct(
    rankedScores(scores).map(({ by, scored: { version, base, vector } }) => ({
      format: 'CVSS',
      scenarios: [{ lang: 'en', value: `Scored by the ${by}.` }],
      [METRIC[version]]: {
        version,
        vectorString: vector,
        baseScore: base,
        baseSeverity: version === '2.0' ? undefined : severityOf(version, base).toUpperCase(),
      },
    })),
  )
}

function references(edition: Edition, flaw: AdvisoryFlaw): Json {
  const stated = [...flaw.references, ...edition.content.references].map(({ kind, url, title }) => {
    const tag = TAGS[kind]
    return { url, name: title === null ? undefined : plainLine(title), tags: tag === null ? undefined : [tag] }
  })
  const own = { url: publicAddress(edition, csafPath(edition)), tags: ['third-party-advisory'] }
  return distinct<Json>([own, ...stated]).slice(0, REFERENCES_MAX)
}
