import { parseInstant } from '../../kernel/instant.ts'
import { formatPurl, parsePurl, withoutVersion } from '../../kernel/purl.ts'
import type { ProjectTerms } from './project-terms.ts'
import { readShape, type ShapeProblem } from './shape.ts'
import { TERMS_SHAPE } from './terms-shape.ts'

export type ParsedTerms =
  | { readonly ok: true; readonly terms: ProjectTerms }
  | { readonly ok: false; readonly problems: readonly ShapeProblem[] }

/**
 * A project's terms from a JSON value, purls folded and without versions; else what is wrong and where. `isZone` says whether an
 * IANA zone is known. Asks more than the schema can: purls that parse, instants that exist, and that a project is named at all.
 */
export function parseTerms(value: unknown, isZone: (zone: string) => boolean): ParsedTerms {
  const read = readShape(TERMS_SHAPE, value)
  if (!read.ok) return read
  const terms = read.value
  const problems: ShapeProblem[] = []
  const purls = terms.project.purls.map((text, n) => {
    const purl = parsePurl(text)
    if (!purl.ok) problems.push({ at: `/project/purls/${n}`, says: 'must be a package URL' })
    return purl.ok ? formatPurl(withoutVersion(purl.purl)) : text
  })
  if (purls.length === 0 && terms.project.repository === null)
    problems.push({ at: '/project', says: 'must name a package or a repository' })
  const { pace } = terms
  if (pace?.quiet && !isZone(pace.quiet.zone)) problems.push({ at: '/pace/quiet/zone', says: 'must be a known time zone' })
  const pause = pace?.pausedUntil ?? null
  if (pause !== null && pause !== 'further-notice' && parseInstant(pause) === null)
    problems.push({ at: '/pace/pausedUntil', says: 'must be an instant that exists' })
  if (problems.length > 0) return { ok: false, problems }
  return { ok: true, terms: { ...terms, project: { ...terms.project, purls: [...new Set(purls)] } } }
}
