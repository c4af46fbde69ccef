import type { AddProject } from '../../../contract/shapes/project.ts'
import { permits } from '../../../core/access/permits.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { parseTerms } from '../../../core/cases/terms/parse-terms.ts'
import type { ProjectTerms } from '../../../core/cases/terms/project-terms.ts'
import { newId } from '../../../core/kernel/id.ts'
import { parseInstant } from '../../../core/kernel/instant.ts'
import { formatPurl, parsePurl, withoutVersion } from '../../../core/kernel/purl.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { insertProject } from '../../store/project.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { readClocks } from '../cases/releasing-now.ts'
import type { ProjectDesk } from './project-desk.ts'
import { isKnownZone } from './zones.ts'

const DOMAIN = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,10}[a-z][a-z0-9-]{0,61}[a-z0-9]$/

/** A coordinator enters a project with the terms that it publishes, and where they were read. */
export async function addProject(desk: ProjectDesk, who: Principal, asked: AddProject): Promise<Answer<{ id: string }>> {
  const { person, organisation } = who
  const subject = { noun: 'project' as const, stage: 'open' as const, organisation, person: null, held: false }
  if (!permits(who, 'send', subject)) return NOT_FOUND
  const purl = asked.purl === null ? null : canonical(asked.purl)
  if (asked.purl !== null && purl === null)
    return denied('request.invalid', 'A package URL, for example pkg:npm/left-pad.', 'purl')
  const repository = asked.repository === null ? null : asked.repository.trim().replace(/\/+$/, '')
  if (repository !== null && !isWeb(repository))
    return denied('request.invalid', 'An https address of a repository.', 'repository')
  if (purl === null && repository === null) return denied('request.invalid', 'A project has a package or a repository.', 'purl')
  const domains = [...new Set((asked.domains ?? []).map((one) => one.trim().toLowerCase()))]
  if (!domains.every((one) => DOMAIN.test(one)))
    return denied('request.invalid', 'A domain, for example project.example.', 'domains')
  const terms = readTermsOf(asked.terms, { name: asked.name, purl, repository })
  if (!terms.ok) return terms
  return await inTransaction(desk.store, 'all', async (tx) => {
    if (await isTaken(tx, purl, repository)) return denied('project.exists')
    const { now } = await readClocks(desk, tx)
    const id = newId('project', desk.random)
    const head = {
      id,
      version: 1,
      purl,
      repository,
      name: asked.name,
      terms: terms.value,
      source: asked.source,
      changedAt: now,
    }
    const none = { steward: 'unassigned' as const, stewardBody: null, keys: [], organisation: null, dueAt: null }
    await insertProject(tx, { ...head, ...none, domains, pausedUntil: pausedOf(terms.value) }, { person })
    return done({ id })
  })
}

/** Terms as their published form reads them; the project's own package and repository are put where they are left away. */
export function readTermsOf(
  value: Readonly<Record<string, unknown>>,
  own: { readonly name: string; readonly purl: string | null; readonly repository: string | null },
): Answer<ProjectTerms> {
  const project = { name: own.name, purls: own.purl === null ? [] : [own.purl], repository: own.repository }
  const parsed = parseTerms({ version: '1.0.0', ...value, project: value['project'] ?? project }, isKnownZone)
  if (parsed.ok) return done(parsed.terms)
  const first = parsed.problems[0]
  return denied(
    'request.invalid',
    first === undefined ? 'These are no terms.' : `${first.at} ${first.says}.`,
    `terms${first?.at ?? ''}`,
  )
}

/** Until when the terms pause the project; further notice is the last instant there is. */
export function pausedOf({ pace }: ProjectTerms): number | null {
  const until = pace?.pausedUntil ?? null
  if (until === null) return null
  return until === 'further-notice' ? FURTHER_NOTICE : (parseInstant(until) ?? FURTHER_NOTICE)
}

/** 9999-12-31: until somebody says otherwise. */
export const FURTHER_NOTICE = 253_402_214_400_000

function canonical(text: string): string | null {
  const read = parsePurl(text)
  return read.ok ? formatPurl(withoutVersion(read.purl)) : null
}

function isWeb(text: string): boolean {
  return /^https:\/\/[^\s/@]{1,253}\/[!-~]{1,400}$/.test(text) && URL.canParse(text)
}

async function isTaken(tx: Tx, purl: string | null, repository: string | null): Promise<boolean> {
  const row = await tx.db
    .selectFrom('project')
    .select('id')
    .where((is) =>
      purl === null ? is.and([is('repository', '=', repository), is('purl', 'is', null)]) : is('purl', '=', purl),
    )
    .executeTakeFirst()
  return row !== undefined
}
