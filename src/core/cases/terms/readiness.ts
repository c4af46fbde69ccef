import type { SeverityWord } from '../../priority/cvss/score.ts'
import type { ProjectTerms, SeverityFloor } from './project-terms.ts'
import type { ReportFacts } from './report-facts.ts'

/** Why a case cannot be sent yet; a sentence for whoever prepares it. */
export const MISSING = {
  'contact.none': 'No contact of the project is known.',
  'opt-out.reports': 'The project wants no reports.',
  'report.reproducer': 'The project asks for a reproducer.',
  'report.patch': 'The project asks for a patch.',
  'report.regression-test': 'The project asks for a regression test.',
  'report.bisect': 'The project asks for the change that brought the flaw in.',
  'report.plain-text': 'The project asks for plain text.',
  'report.too-long': 'The text is longer than the project reads.',
  'report.language': 'The text is in none of the languages that the project reads, or its language is not stated.',
  'report.unchecked': 'The project takes reports only after a person has checked them.',
  'scope.weakness': 'Every stated weakness lies outside the project’s threat model.',
  'scope.component': 'Every stated place lies in a component that the project leaves out.',
  'scope.not-read': 'A coordinator must read what the project leaves out in words.',
  'severity.below-floor': 'The severity lies below what the project takes.',
  'severity.not-stated': 'The project takes reports from a severity on, and none is stated.',
  'ai.not-stated': 'The project wants to know whether a model was used, and the finder did not say.',
  'ai.refused': 'The project does not take what a model found.',
  'embargo.none': 'The project keeps nothing secret; a coordinator decides how this case is told.',
} as const

export type MissingCode = keyof typeof MISSING

export type Readiness =
  | { readonly ready: true }
  | { readonly ready: false; readonly missing: readonly { readonly code: MissingCode; readonly says: string }[] }

/** Whether a report meets the project's terms, or all that is missing. Unknown terms ask for nothing but a contact. */
export function readiness(terms: ProjectTerms | null, facts: ReportFacts): Readiness {
  const codes = terms === null ? (['contact.none'] as const) : missingFor(terms, facts)
  if (codes.length === 0) return { ready: true }
  return { ready: false, missing: codes.map((code) => ({ code, says: MISSING[code] })) }
}

function missingFor(terms: ProjectTerms, facts: ReportFacts): MissingCode[] {
  const { report, ai } = terms
  const asked: readonly (readonly [boolean, MissingCode])[] = [
    [terms.contact === null, 'contact.none'],
    [terms.optOut.reports, 'opt-out.reports'],
    ...report.mustCarry.map((one) => [!facts.carries.includes(one), `report.${one}`] as const),
    [report.plainText && !facts.plainText, 'report.plain-text'],
    [report.mostCharacters !== null && facts.characters > report.mostCharacters, 'report.too-long'],
    [!isRead(report.languages, facts.language), 'report.language'],
    [!report.unchecked && !facts.checked, 'report.unchecked'],
    ...scopeOf(terms, facts),
    [terms.severityFloor !== null && highestOf(facts) === null, 'severity.not-stated'],
    [isBelow(terms.severityFloor, highestOf(facts)), 'severity.below-floor'],
    // Who refuses what a model found must be told, or nothing could be refused.
    [(ai.disclosure === 'required' || ai.found === 'refused') && facts.madeWithAi === null, 'ai.not-stated'],
    [ai.found === 'refused' && facts.madeWithAi === true, 'ai.refused'],
    [terms.embargo.stance === 'none' && facts.secret, 'embargo.none'],
  ]
  return asked.filter(([missing]) => missing).map(([, code]) => code)
}

/** A report is out of scope only when all of it is: one weakness or one place inside keeps it in. */
function scopeOf({ outOfScope }: ProjectTerms, facts: ReportFacts): (readonly [boolean, MissingCode])[] {
  const weaknesses = new Set(outOfScope.weaknesses)
  const out = (path: string) => outOfScope.components.some((prefix) => isUnder(path, prefix))
  return [
    [facts.weaknesses.length > 0 && facts.weaknesses.every((one) => weaknesses.has(one)), 'scope.weakness'],
    [facts.paths.length > 0 && facts.paths.every(out), 'scope.component'],
    [outOfScope.words !== null && !facts.scopeRead, 'scope.not-read'],
  ]
}

function isUnder(path: string, prefix: string): boolean {
  const folder = prefix.endsWith('/') ? prefix.slice(0, -1) : prefix
  return path === folder || path.startsWith(`${folder}/`)
}

/** `en` is read where `en` or `en-GB` is asked for, and the reverse. */
function isRead(languages: readonly string[], language: string | null): boolean {
  const main = (tag: string) => tag.split('-', 1)[0]!.toLowerCase()
  return languages.length === 0 || (language !== null && languages.some((one) => main(one) === main(language)))
}

// Qualitative severity rating scale of CVSS 3.1 (section 5) and 4.0 (section 6): where each word begins and ends.
const BAND: Readonly<Record<SeverityWord, readonly [least: number, most: number]>> = {
  none: [0, 0],
  low: [0.1, 3.9],
  medium: [4, 6.9],
  high: [7, 8.9],
  critical: [9, 10],
}

/** The highest score that the stated severity can mean: a word in doubt does not keep a report back. */
function highestOf({ severity }: ReportFacts): number | null {
  return severity.score ?? (severity.word === null ? null : BAND[severity.word][1])
}

function isBelow(floor: SeverityFloor | null, score: number | null): boolean {
  if (floor === null || score === null) return false
  return score < (floor.by === 'word' ? BAND[floor.least][0] : floor.least)
}
