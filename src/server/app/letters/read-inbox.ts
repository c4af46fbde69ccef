import type { InboxItem, InboxList, InboxOut } from '../../../contract/shapes/project.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import { presentInbox } from '../../../core/access/present/project.ts'
import type { Principal } from '../../../core/access/principal.ts'
import type { Participant } from '../../../core/cases/case.ts'
import { formatInstant, type Instant, instant } from '../../../core/kernel/instant.ts'
import { priorityRank } from '../../../core/priority/staff.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { endsAt } from '../cases/ends-at.ts'
import { flawContent } from '../cases/flaw-content.ts'
import { type SeenCase, seeCases } from '../cases/load-case.ts'
import { readsOf } from '../cases/reads-of.ts'
import { asksOf } from '../cases/whose-move.ts'
import { writeRead } from '../cases/write-read.ts'
import { priorityOf } from '../flaws/flaw-view.ts'
import { type LoadedProject, loadProjects } from '../projects/load-project.ts'
import { expectedAt, loadPaces, type Pace } from '../projects/pace.ts'
import type { ProjectDesk } from '../projects/project-desk.ts'
import { projectView } from '../projects/project-view.ts'

/** Few cards, ranked: what does not fit is a number. */
const SHOWN = 30
const MOST_PROJECTS = 50

/** For each project of the asker's organisation: what is there to read, ranked, and what still waits, as positions and dates. */
export async function readInbox(desk: ProjectDesk, who: Principal): Promise<Answer<Presented<InboxList>>> {
  const home = who.organisation
  if (home === null) return NOT_FOUND
  return await inTransaction(desk.store, 'all', async (tx) => {
    const found = await tx.db
      .selectFrom('project')
      .select('id')
      .where('organisation_id', '=', home)
      .orderBy('name')
      .orderBy('id')
      .limit(MOST_PROJECTS)
      .execute()
    const projects = await loadProjects(
      desk,
      tx,
      found.map(({ id }) => id),
    )
    const paces = await loadPaces(tx, projects)
    const rows: InboxOut[] = []
    for (const project of projects) rows.push(await inboxOf(desk, tx, who, project, paces.get(project.row.id)!))
    const view = presentInbox(who, { rows })
    return view === null ? NOT_FOUND : done(view)
  })
}

/** What somebody of the project reads, before any of its content is opened. */
interface Card {
  readonly seen: SeenCase
  readonly one: Participant
  readonly rank: number
  readonly sentAt: Instant
}

async function inboxOf(desk: ProjectDesk, tx: Tx, who: Principal, project: LoadedProject, pace: Pace): Promise<InboxOut> {
  const { row, now } = project
  const { line, budget, sent } = pace
  const cards = await cardsOf(desk, tx, who, row.id)
  const items: InboxItem[] = []
  for (const card of cards.slice(0, SHOWN)) {
    const item = await itemOf(desk, tx, card)
    if (item === null) continue
    // A card tells what the report says: whoever has it before them has read the case.
    await writeRead(tx, card.seen, 'page', null)
    items.push(item)
  }
  return {
    now: formatInstant(now),
    project: await projectView(tx, who, project, pace),
    items,
    // What was not sent is no content: its place, priority and dates are the maintainer's to know, and nothing of what it is.
    waiting: line.slice(0, SHOWN).map((one, n) => {
      const { earliest } = expectedAt({ budget, sent }, n + 1, now)
      const expectedOn = earliest === null ? null : formatInstant(earliest)
      const priority = { outcome: one.priority, table: 'ssvc:DT_SP:1.0.0', assumed: [] }
      return { position: n + 1, title: null, priority, waitsSince: formatInstant(one.since), expectedAt: expectedOn }
    }),
    more: Math.max(0, cards.length - SHOWN) + Math.max(0, line.length - SHOWN),
  }
}

/** Cards of a project, ranked by what is stored beside the content: the highest priority first, of one priority the oldest. */
async function cardsOf(desk: ProjectDesk, tx: Tx, who: Principal, project: string): Promise<Card[]> {
  const parts = await tx.db
    .selectFrom('case_party')
    .innerJoin('case_file', 'case_file.id', 'case_party.case_id')
    .select(['case_party.case_id', 'case_party.id'])
    .where('case_party.project_id', '=', project)
    .where('case_party.left_at', 'is', null)
    .where('case_party.reads', '=', 'content')
    .where('case_file.stage', '=', 'open')
    .orderBy('case_file.changed_at', 'desc')
    .limit(500)
    .execute()
  const cases = await seeCases(
    desk,
    tx,
    who,
    'read',
    parts.map(({ case_id }) => case_id),
  )
  const own = new Set(parts.map(({ case_id, id }) => `${case_id} ${id}`))
  const read = cases.flatMap((seen) =>
    seen.parties
      .filter((one) => own.has(`${seen.case.id} ${one.id}`) && readsOf(seen.case, one, seen.now) === 'content')
      .map((one) => ({ seen, one })),
  )
  const rankOf = await flawRanks(
    tx,
    read.flatMap(({ one }) => one.flaws),
  )
  const sentAt = await firstSent(
    tx,
    cases.map((seen) => seen.case.id),
  )
  const cards = read.flatMap(({ seen, one }): Card[] => {
    const ranks = one.flaws.flatMap((flaw) => rankOf.get(flaw) ?? [])
    if (ranks.length === 0) return []
    const sent = sentAt.get(`${seen.case.id} ${one.id}`) ?? one.admittedAt ?? one.invitedAt
    return [{ seen, one, rank: Math.max(...ranks), sentAt: instant(sent) }]
  })
  return cards.sort((a, b) => b.rank - a.rank || a.sentAt - b.sentAt)
}

/** How urgent these flaws are, those that there are; 0: nobody judged it. */
async function flawRanks(tx: Tx, flaws: readonly string[]): Promise<Map<string, number>> {
  if (flaws.length === 0) return new Map()
  const rows = await tx.db.selectFrom('flaw').select(['id', 'priority']).where('id', 'in', flaws).execute()
  return new Map(rows.map(({ id, priority }) => [id, weight({ priority: priorityOf(priority) })]))
}

/** When the first letter went to each participant of these cases that was written to. */
async function firstSent(tx: Tx, cases: readonly string[]): Promise<Map<string, number>> {
  if (cases.length === 0) return new Map()
  const rows = await tx.db
    .selectFrom('letter')
    .select((row) => ['case_id', 'party_id', row.fn.min('sent_at').as('at')])
    .where('case_id', 'in', cases)
    .groupBy(['case_id', 'party_id'])
    .execute()
  return new Map(rows.flatMap(({ case_id, party_id, at }) => (at === null ? [] : [[`${case_id} ${party_id}`, at]])))
}

const WAITS = {
  invitation: 'your answer to the invitation',
  proposal: 'your answer to the proposed end of secrecy',
  report: 'your word on the report',
  approval: 'a second person of yours',
} as const

async function itemOf(desk: ProjectDesk, tx: Tx, { seen, one, sentAt }: Card): Promise<InboxItem | null> {
  const { case: of } = seen
  const flaws = []
  for (const flaw of one.flaws) flaws.push(...[(await flawContent(desk, tx, flaw)) ?? []].flat())
  const ranked = [...flaws].sort((a, b) => weight(b) - weight(a))
  const [first] = ranked
  if (first === undefined) return null
  const end = endsAt(of)
  const asked = asksOf(of, one)
  const finders = flaws.reduce((sum, flaw) => Math.max(sum, flaw.finders), 0)
  return {
    case: of.id,
    version: of.version,
    party: one.id,
    title: flaws.length === 1 ? first.title : `${first.title} and ${flaws.length - 1} more`,
    summary: first.summary,
    priority: first.priority,
    proof: first.proof,
    reproducers: flaws.flatMap(({ reproducers }) => reproducers),
    patches: flaws.flatMap(({ patches }) => patches),
    foundBy: finders === 1 ? 'one finder' : `${finders} finders, each by itself`,
    publicOn: end === null ? null : formatInstant(end),
    publicSays:
      end === null
        ? 'No date is set.'
        : `Secrecy ends then by ${of.embargo.terms?.policy ?? 'agreement'}; you can propose another date.`,
    severities: flaws.flatMap(({ severities }) => severities),
    report: one.report,
    sentAt: formatInstant(sentAt),
    answeredAt: one.report === 'start' || one.report === 'received' ? null : formatInstant(instant(seen.row.changed_at)),
    waitsFor: asked === null ? null : WAITS[asked],
    may: MAY[one.report],
  }
}

/** What one click does from each state of the report; the door decides again. */
const MAY: Readonly<Record<Participant['report'], string[]>> = {
  start: ['received', 'ask', 'pause'],
  received: ['valid', 'invalid', 'ask', 'pause'],
  valid: ['accepted', 'deferred', 'ask', 'pause'],
  invalid: ['valid', 'closed', 'ask', 'pause'],
  deferred: ['accepted', 'closed', 'ask', 'pause'],
  accepted: ['deferred', 'closed', 'ask', 'pause'],
  closed: [],
}

function weight({ priority }: { priority: InboxItem['priority'] }): number {
  return priority === null ? 0 : priorityRank(priority.outcome)
}
