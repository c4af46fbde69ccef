import { type Budget, budgetOf, type Sendings } from '../../../core/cases/budget/budget.ts'
import { type Expected, expected } from '../../../core/cases/budget/expected.ts'
import { type MayGo, mayGoNow } from '../../../core/cases/budget/may-go.ts'
import { rank, type Waiting } from '../../../core/cases/budget/waiting-line.ts'
import type { ProjectTerms } from '../../../core/cases/terms/project-terms.ts'
import { type Instant, instant } from '../../../core/kernel/instant.ts'
import { type PriorityWord, priorityRank } from '../../../core/priority/staff.ts'
import type { Tx } from '../../store/connection.ts'
import { casesSentTo, lettersWaitingFor, type SentCase, type WaitingLetter } from '../../store/letter-counts.ts'
import { priorityOf } from '../flaws/flaw-view.ts'
import type { LoadedProject } from './load-project.ts'
import { offsetAt } from './zones.ts'

/** Something that waits for its turn at a project. */
export interface InLine extends Waiting {
  readonly case: string
  readonly template: string
  /** The first letter of its case to this project: what the pace is for. */
  readonly first: boolean
}

/** How much a project is asked for, what went, and what waits in which order. */
export interface Pace {
  readonly budget: Budget
  readonly sent: Sendings
  readonly cases: readonly SentCase[]
  /** First letters of cases, the first to be sent first. */
  readonly line: readonly InLine[]
  /** Later letters of cases that are known to the maintainer: pauses and quiet hours hold them, numbers do not. */
  readonly later: readonly InLine[]
}

/** Loads a project's pace as it stands. */
export async function loadPace(tx: Tx, project: string, terms: ProjectTerms): Promise<Pace> {
  return paceOf(await casesSentTo(tx, [project]), await lettersWaitingFor(tx, [project]), terms)
}

/** The same of many projects, by id. */
export async function loadPaces(tx: Tx, projects: readonly Pick<LoadedProject, 'row' | 'terms'>[]): Promise<Map<string, Pace>> {
  if (projects.length === 0) return new Map()
  const ids = projects.map(({ row }) => row.id)
  const sent = Map.groupBy(await casesSentTo(tx, ids), ({ project_id }) => project_id)
  const waiting = Map.groupBy(await lettersWaitingFor(tx, ids), ({ project_id }) => project_id)
  return new Map(projects.map(({ row: { id }, terms }) => [id, paceOf(sent.get(id) ?? [], waiting.get(id) ?? [], terms)]))
}

function paceOf(cases: readonly SentCase[], letters: readonly WaitingLetter[], terms: ProjectTerms): Pace {
  const waiting = letters.map((one) => inLine(one, cases))
  const firsts = new Map<string, InLine>()
  // Of one case the first letter that was let go stands in the line; what else waits of it goes after.
  for (const one of waiting) if (one.first && !firsts.has(one.case)) firsts.set(one.case, one)
  const line = rank([...firsts.values()])
  return {
    budget: budgetOf(terms.pace),
    sent: sendingsOf(cases),
    cases,
    line,
    later: waiting.filter((one) => firsts.get(one.case) !== one),
  }
}

/** Whether the next first letter may go now; `emergency`: it carries no details and passes. */
export function mayGoFirst({ budget, sent }: Pick<Pace, 'budget' | 'sent'>, now: Instant, emergency: boolean): MayGo {
  return mayGoNow(budget, sent, now, offsetAt, emergency)
}

/** Whether a later letter may go now: a pause and quiet hours hold it. */
export function mayGoLater({ budget }: Pick<Pace, 'budget'>, now: Instant): MayGo {
  const free = { ...budget, openAtOnce: 1, perWeek: 1 }
  return mayGoNow(free, { open: 0, sentAt: [], openFor: [] }, now, offsetAt)
}

/** When what stands at that position, from 1, is expected to go. */
export function expectedAt({ budget, sent }: Pick<Pace, 'budget' | 'sent'>, position: number, now: Instant): Expected {
  return expected(position, budget, sent, now, offsetAt)
}

/** What went so far, as the budget counts it. */
export function sendingsOf(cases: readonly SentCase[]): Sendings {
  return {
    open: cases.filter(({ closed_at }) => closed_at === null).length,
    sentAt: cases.map(({ sent_at }) => instant(sent_at)),
    openFor: cases
      .flatMap(({ sent_at, closed_at }) => (closed_at === null ? [] : [Math.max(0, closed_at - sent_at)]))
      .slice(0, 50),
  }
}

function inLine({ id, case_id, template, asked_at, priorities }: WaitingLetter, cases: readonly SentCase[]): InLine {
  const first = !cases.some((one) => one.case_id === case_id)
  return { id, case: case_id, template, first, since: instant(asked_at), priority: highestOf(priorities) }
}

/** The highest priority of a case's flaws; what nobody judged is scheduled. */
export function highestOf(stored: readonly (string | null)[]): PriorityWord {
  const words = stored.map((text) => priorityOf(text)?.outcome ?? 'scheduled')
  return words.sort((a, b) => priorityRank(b) - priorityRank(a))[0] ?? 'scheduled'
}
