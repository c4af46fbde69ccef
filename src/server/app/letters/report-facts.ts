import type { CaseFlawOut } from '../../../contract/shapes/case.ts'
import type { ReportFacts } from '../../../core/cases/terms/report-facts.ts'
import type { SeverityWord } from '../../../core/priority/cvss/score.ts'
import type { Tx } from '../../store/connection.ts'
import { flawContent } from '../cases/flaw-content.ts'
import type { LoadedCase } from '../cases/load-case.ts'
import { openGist } from '../findings/sealing.ts'
import type { ProjectDesk } from '../projects/project-desk.ts'

type Content = Omit<CaseFlawOut, 'cve' | 'public' | 'exploit' | 'attacks'>

/** What is known of a case's flaws when a letter about them is written or judged. */
export interface CaseContent {
  readonly flaws: readonly Content[]
  readonly facts: Omit<ReportFacts, 'characters' | 'scopeRead'>
}

const WORDS: readonly string[] = ['none', 'low', 'medium', 'high', 'critical'] satisfies SeverityWord[]

/** The content of a case's flaws, and the facts that a project's terms are held against. Nothing is guessed. */
export async function caseContent(desk: ProjectDesk, tx: Tx, { case: of }: Pick<LoadedCase, 'case'>): Promise<CaseContent> {
  const ids = of.flaws.map(({ flaw }) => flaw)
  const flaws: Content[] = []
  for (const id of ids) {
    const content = await flawContent(desk, tx, id)
    if (content !== null) flaws.push(content)
  }
  const rows = await tx.db
    .selectFrom('flaw')
    .select(['id', 'lead_finding', 'key_slot', 'summary'])
    .where('id', 'in', ids)
    .execute()
  const keys = desk.keys.get(rows.map(({ key_slot }) => key_slot))
  const gists = rows.flatMap((row, n) => (keys[n] ? [openGist(keys[n], row.lead_finding, row.summary).summary] : []))
  const judged = await tx.db
    .selectFrom('judgement')
    .select('flaw_id')
    .where('flaw_id', 'in', ids)
    .where('by_voice', '=', 'clearinghouse')
    .where('person_id', 'is not', null)
    .execute()
  const checked = new Set(judged.map(({ flaw_id }) => flaw_id))
  const said = gists.map(({ aiAssisted }) => aiAssisted)
  const severities = flaws.flatMap(({ severities: all }) => all)
  const scores = severities.flatMap(({ score }) => score ?? [])
  const words = severities
    .flatMap(({ word }) => (word === null ? [] : [word.toLowerCase()]))
    .filter((word) => WORDS.includes(word))
  return {
    flaws,
    facts: {
      carries: [
        ...(flaws.length > 0 && flaws.every(({ reproducers }) => reproducers.length > 0) ? (['reproducer'] as const) : []),
        ...(flaws.length > 0 && flaws.every(({ patches }) => patches.length > 0) ? (['patch'] as const) : []),
      ],
      plainText: true,
      language: 'en',
      weaknesses: [...new Set(flaws.flatMap(({ weaknesses }) => weaknesses))],
      paths: [...new Set(gists.flatMap(({ path }) => path ?? []))],
      severity: {
        score: scores.length === 0 ? null : Math.max(...scores),
        word: (words.sort((a, b) => WORDS.indexOf(b) - WORDS.indexOf(a))[0] as SeverityWord | undefined) ?? null,
      },
      madeWithAi: said.includes(true) ? true : said.includes(null) || said.length === 0 ? null : false,
      checked: rows.length > 0 && rows.every((row, n) => checked.has(row.id) || gists[n]?.humanValidated === true),
      secret: of.embargo.state !== 'none' && of.embargo.state !== 'exited',
    },
  }
}
