import type { InboxItem, InboxList, InboxOut } from '../../../contract/shapes/project.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import { presentInbox } from '../../../core/access/present/project.ts'
import type { Principal } from '../../../core/access/principal.ts'
import type { Participant } from '../../../core/cases/case.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import { priorityRank } from '../../../core/priority/staff.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { endsAt } from '../cases/ends-at.ts'
import { flawContent } from '../cases/flaw-content.ts'
import { type SeenCase, seeCase } from '../cases/load-case.ts'
import { readsOf } from '../cases/reads-of.ts'
import { asksOf } from '../cases/whose-move.ts'
import { type LoadedProject, loadProject } from '../projects/load-project.ts'
import { expectedAt, loadPace } from '../projects/pace.ts'
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
    const rows: InboxOut[] = []
    for (const { id } of found) {
      const project = await loadProject(desk, tx, id)
      if (project !== null) rows.push(await inboxOf(desk, tx, who, project))
    }
    const view = presentInbox(who, { rows })
    return view === null ? NOT_FOUND : done(view)
  })
}

async function inboxOf(desk: ProjectDesk, tx: Tx, who: Principal, project: LoadedProject): Promise<InboxOut> {
  const { row, terms, now } = project
  const items: InboxItem[] = []
  const parts = await tx.db
    .selectFrom('case_party')
    .innerJoin('case_file', 'case_file.id', 'case_party.case_id')
    .select(['case_party.case_id', 'case_party.id'])
    .where('case_party.project_id', '=', row.id)
    .where('case_party.left_at', 'is', null)
    .where('case_party.reads', '=', 'content')
    .where('case_file.stage', '=', 'open')
    .orderBy('case_file.changed_at', 'desc')
    .limit(500)
    .execute()
  for (const { case_id, id } of parts) {
    const seen = await seeCase(desk, tx, who, 'read', case_id)
    const one = seen?.parties.find((party) => party.id === id)
    if (seen === null || seen === undefined || one === undefined || readsOf(seen.case, one, seen.now) !== 'content') continue
    const item = await itemOf(desk, tx, seen, one)
    if (item !== null) items.push(item)
  }
  const rank = ({ priority }: InboxItem) => (priority === null ? 0 : priorityRank(priority.outcome))
  items.sort((a, b) => rank(b) - rank(a) || (a.sentAt < b.sentAt ? -1 : 1))
  const { line, budget, sent } = await loadPace(tx, row.id, terms)
  return {
    now: formatInstant(now),
    project: await projectView(tx, who, project),
    items: items.slice(0, SHOWN),
    // What was not sent is no content: its place, priority and dates are the maintainer's to know, and nothing of what it is.
    waiting: line.slice(0, SHOWN).map((one, n) => {
      const { earliest } = expectedAt({ budget, sent }, n + 1, now)
      const expectedOn = earliest === null ? null : formatInstant(earliest)
      const priority = { outcome: one.priority, table: 'ssvc:DT_SP:1.0.0', assumed: [] }
      return { position: n + 1, title: null, priority, waitsSince: formatInstant(one.since), expectedAt: expectedOn }
    }),
    more: Math.max(0, items.length - SHOWN) + Math.max(0, line.length - SHOWN),
  }
}

const WAITS = {
  invitation: 'your answer to the invitation',
  proposal: 'your answer to the proposed end of secrecy',
  report: 'your word on the report',
  approval: 'a second person of yours',
} as const

async function itemOf(desk: ProjectDesk, tx: Tx, seen: SeenCase, one: Participant): Promise<InboxItem | null> {
  const { case: of } = seen
  const flaws = []
  for (const flaw of one.flaws) flaws.push(...[(await flawContent(desk, tx, flaw)) ?? []].flat())
  const ranked = [...flaws].sort((a, b) => weight(b) - weight(a))
  const [first] = ranked
  if (first === undefined) return null
  const sent = await tx.db
    .selectFrom('letter')
    .select((row) => row.fn.min('sent_at').as('at'))
    .where('case_id', '=', of.id)
    .where('party_id', '=', one.id)
    .executeTakeFirst()
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
    sentAt: formatInstant(instant(sent?.at ?? one.admittedAt ?? one.invitedAt)),
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
