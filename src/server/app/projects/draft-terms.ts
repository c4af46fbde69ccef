import type { ReadTerms, TermsDraft } from '../../../contract/shapes/project.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import { presentProject } from '../../../core/access/present/project.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { parseTerms } from '../../../core/cases/terms/parse-terms.ts'
import type { Instant } from '../../../core/kernel/instant.ts'
import { candidatesOf } from '../../../formats/maintainer/candidates.ts'
import { readSecurityInsights } from '../../../formats/maintainer/security-insights.ts'
import { readSecurityMd } from '../../../formats/maintainer/security-md.ts'
import { readSecurityTxt } from '../../../formats/maintainer/security-txt.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { isKnownZone } from './zones.ts'

/** Reads a file that a project publishes as a draft of its terms, for a person to confirm; hostile, and nothing is stored. */
export function draftTerms(who: Principal, { kind, text }: ReadTerms, now: Instant): Answer<Presented<TermsDraft>> {
  const draft = kind === 'terms' ? ofTerms(text) : ofFile(kind, text, now)
  const view = presentProject(who, draft)
  return view === null ? NOT_FOUND : done(view)
}

function ofTerms(text: string): TermsDraft {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { terms: {}, from: [], wrong: [{ where: '', says: 'This is not JSON.' }] }
  }
  const parsed = parseTerms(value, isKnownZone)
  if (parsed.ok) return { terms: { ...parsed.terms }, from: [], wrong: [] }
  return { terms: {}, from: [], wrong: parsed.problems.map(({ at, says }) => ({ where: at, says })) }
}

function ofFile(kind: 'security-txt' | 'security-insights' | 'security-md', text: string, now: Instant): TermsDraft {
  const file = { 'security-txt': 'security.txt', 'security-insights': 'SECURITY-INSIGHTS.yml', 'security-md': 'SECURITY.md' }[
    kind
  ]
  const read =
    kind === 'security-md'
      ? readSecurityMd(text, file)
      : kind === 'security-txt'
        ? readSecurityTxt(text, file, now)
        : readSecurityInsights(text, file, now)
  const terms: Record<string, unknown> = { version: '1.0.0' }
  const from: TermsDraft['from'] = []
  for (const { at, candidates } of candidatesOf([read])) {
    for (const [n, { value, from: places }] of candidates.entries()) {
      if (n === 0) put(terms, at.split('/').slice(1), value)
      for (const { line, stated } of places) {
        const how = stated ? 'says so in a field made for it' : 'reads like it'
        from.push({
          field: at,
          line,
          says: `${n === 0 ? '' : 'Also: '}${JSON.stringify(value).slice(0, 300)}; the file ${how}.`,
        })
      }
    }
  }
  return { terms, from, wrong: read.notes.map(({ line, says }) => ({ where: `line ${line}`, says })) }
}

/** Puts a value at a place that the reader of files chose from the schema's own. */
function put(terms: Record<string, unknown>, [head, ...rest]: readonly string[], value: unknown): void {
  if (head === undefined) return
  if (rest.length === 0) {
    terms[head] = value
    return
  }
  const inner = terms[head]
  const next = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? (inner as Record<string, unknown>) : {}
  terms[head] = next
  put(next, rest, value)
}
