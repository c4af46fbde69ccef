import { createHash } from 'node:crypto'
import type { CaseFlaw } from '../../../core/cases/case.ts'
import { appendHop, type Provenance, termsDigest } from '../../../core/cases/relay/provenance.ts'
import type { RelayFile, RelayProduct, RelaySource } from '../../../core/cases/relay/relay-source.ts'
import { isMaker } from '../../../core/cases/roster.ts'
import type { Finding } from '../../../core/findings/finding.ts'
import { formatPurl, parsePurl, withoutVersion } from '../../../core/kernel/purl.ts'
import { scoreVector } from '../../../core/priority/cvss/score.ts'
import type { Tx } from '../../store/connection.ts'
import { flawFindings } from '../advisories/flaw-findings.ts'
import type { LoadedCase } from '../cases/load-case.ts'
import { loadNames } from '../docket/names.ts'
import { gatherEvidence } from '../validation/gather-evidence.ts'
import { readStart } from '../validation/read-input.ts'
import type { RelayDesk } from './relay-desk.ts'

const MOST_FILE = 10 << 20
const MOST_FILES = 5

/** What is made from a case for passing it on, and where on GitHub its project lies. */
export interface MadeSource {
  readonly source: RelaySource
  /** Addresses of repositories that finders or the project named. */
  readonly repositories: readonly string[]
}

export interface SourceAsked {
  readonly flaw: CaseFlaw
  readonly reference: string
  readonly method: RelaySource['discovery']['method'] | null
  /** In a coordinator's words. */
  readonly trigger: string | null
  readonly impact: string | null
}

/** Everything of one flaw that may be passed on; null where its words were erased, `unknown` where nobody said how it was found. */
export async function relaySource(
  desk: RelayDesk,
  tx: Tx,
  home: LoadedCase,
  { flaw, reference, method, trigger, impact }: SourceAsked,
): Promise<MadeSource | 'unknown' | null> {
  const { findings, organisations } = await flawFindings(desk, tx, flaw.flaw)
  const lead = findings[0]?.finding
  if (lead === undefined) return null
  const found = method ?? methodOf(lead)
  if (found === null) return 'unknown'
  const all = findings.map(({ finding }) => finding)
  const vector = all
    .flatMap(({ severities }) => severities)
    .find(({ kind, value }) => kind.startsWith('cvss') && scoreVector(value).ok)
  const scored = vector === undefined ? null : scoreVector(vector.value)
  const place = lead.locations[0]
  const row = await tx.db.selectFrom('flaw').select('proof').where('id', '=', flaw.flaw).executeTakeFirst()
  const contacts = home.case.participants.filter(({ kind }) => isMaker(kind)).map(({ invitedAt }) => invitedAt)
  const { credits, personal } = await peopleOf(tx, home, flaw, organisations)
  const source: RelaySource = {
    reference,
    summary: lead.title,
    description: lead.text,
    trigger: said(trigger),
    impact: said(impact),
    discovery: { method: found, tooling: lead.provenance.tool },
    products: productsOf(lead),
    symbol: place === undefined ? null : { file: place.path, function: place.symbol },
    severity: { word: wordOf(scored), vector: vector?.value ?? null },
    weaknesses: [...new Set(all.flatMap(({ weaknesses }) => weaknesses))].slice(0, 20),
    verified: row?.proof === 'confirmed' ? 'confirmed' : 'unconfirmed',
    introducedCommit: null,
    fixedCommit: null,
    files: await filesOf(
      desk,
      tx,
      findings.map(({ id }) => id),
    ),
    aliases: flaw.cve === null ? [] : [flaw.cve],
    references: [],
    public: flaw.public !== null,
    exploited: flaw.attacks !== null,
    firstContact: contacts.sort((a, b) => a - b)[0] ?? null,
    provenance: provenanceOf(desk, home, flaw, reference, credits),
    personal,
  }
  const named = all.flatMap(({ target }) => target?.repository ?? [])
  return { source, repositories: [...new Set([...named, ...(await projectRepositories(tx, home))])] }
}

function said(text: string | null): string | null {
  return text === null || text.trim() === '' ? null : text
}

/** As the finder stated it; nothing is guessed. */
function methodOf({ provenance }: Finding): RelaySource['discovery']['method'] | null {
  if (provenance.aiAssisted === true || provenance.model !== null) return 'ai-assisted'
  if (provenance.tool !== null) return 'automated-scan'
  return provenance.aiAssisted === false ? 'manual' : null
}

function wordOf(scored: ReturnType<typeof scoreVector> | null): RelaySource['severity']['word'] {
  const word = scored?.ok ? scored.severity : null
  return word === 'low' || word === 'medium' || word === 'high' || word === 'critical' ? word : null
}

function productsOf({ target, stack }: Finding): RelayProduct[] {
  if (target === null) return []
  const parsed = target.purl === null ? null : parsePurl(target.purl)
  const purl = parsed?.ok ? withoutVersion(parsed.purl) : null
  return [
    {
      purl: purl === null ? null : formatPurl(purl),
      vendor: purl?.namespace ?? null,
      product: purl?.name ?? target.repository,
      versions: target.version === null ? [] : [target.version],
      range: null,
      patched: null,
      functions: stack.flatMap(({ symbol }) => symbol ?? []).slice(0, 3),
      repository: target.repository,
    },
  ]
}

async function filesOf(desk: RelayDesk, tx: Tx, findings: readonly string[]): Promise<RelayFile[]> {
  const pieces = (await gatherEvidence(desk, tx, findings)).filter(({ kind }) => kind === 'reproducer' || kind === 'patch')
  const files: RelayFile[] = []
  for (const { kind, place, bytes: size } of pieces) {
    if (files.length >= MOST_FILES || size > MOST_FILE) continue
    const read = await readStart(desk, place, MOST_FILE)
    if (read === null || (kind !== 'reproducer' && kind !== 'patch')) continue
    const bytes = Uint8Array.from(read)
    files.push({ kind, bytes, digest: createHash('sha256').update(bytes).digest('hex') })
  }
  return files
}

/** Who is credited, and whose names and addresses must not leave: everybody of the organisations that found it. */
async function peopleOf(tx: Tx, { case: of }: LoadedCase, { flaw }: CaseFlaw, organisations: readonly string[]) {
  const { organisations: names } = await loadNames(tx, [], organisations as never)
  const shown = of.participants.flatMap(({ kind, hidden, leftAt, organisation, flaws }) =>
    kind === 'finder' && !hidden && leftAt === null && organisation !== null && flaws.includes(flaw)
      ? [organisation as string]
      : [],
  )
  const { organisations: shownNames } = await loadNames(tx, [], shown as never)
  const credits = [...new Set([...shownNames.values()])].slice(0, 100)
  const people =
    organisations.length === 0
      ? []
      : await tx.db
          .selectFrom('person')
          .select(['name', 'email'])
          .where('organisation_id', 'in', [...organisations])
          .limit(1000)
          .execute()
  const personal = [...names.values(), ...people.flatMap(({ name, email }) => [name, email ?? ''])]
  return { credits, personal: personal.filter((one) => one !== '' && !credits.includes(one)) }
}

function provenanceOf(
  desk: RelayDesk,
  { case: of, now }: LoadedCase,
  flaw: CaseFlaw,
  reference: string,
  credits: readonly string[],
): Provenance {
  const terms = of.embargo.state === 'active' || of.embargo.state === 'revise' ? of.embargo.terms : null
  const said =
    terms === null ? null : { text: [`Policy: ${terms.policy}.`, ...terms.why].join('\n'), end: terms.endsAt, zone: 'UTC' }
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()
  const first: Provenance = {
    credits: credits.map((one) => one.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, ' ')),
    chain: [{ role: 'finder', name: null, at: flaw.addedAt, handle: null }],
    origins: [],
    embargo: said === null ? null : { ...said, digest: termsDigest(said, sha256) },
    duplicateHint: null,
  }
  const here = { role: 'coordinator', name: desk.publisher.name, at: now, handle: reference } as const
  const added = appendHop(first, here)
  return added.ok ? added.provenance : first
}

async function projectRepositories(tx: Tx, { project, projects }: LoadedCase): Promise<string[]> {
  const ids = [...new Set([...(project === null ? [] : [project]), ...Object.values(projects)])]
  if (ids.length === 0) return []
  const rows = await tx.db.selectFrom('project').select('repository').where('id', 'in', ids).execute()
  return rows.flatMap(({ repository }) => repository ?? [])
}
