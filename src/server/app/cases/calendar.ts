import type { CalendarOut } from '../../../contract/shapes/case.ts'
import { presentCases } from '../../../core/access/present/case.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { utcText } from '../../../core/cases/embargo-policy/why-sentence.ts'
import { formatInstant, type Instant } from '../../../core/kernel/instant.ts'
import { inTransaction } from '../../store/connection.ts'
import { mayList } from '../../store/predicate.ts'
import { plannedReleases } from '../advisories/planned-releases.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { ladderLines } from '../letters/ladder-drafts.ts'
import type { CaseDesk } from './case-desk.ts'
import { seeRows } from './case-row.ts'
import { endsAt } from './ends-at.ts'
import type { SeenCase } from './load-case.ts'
import { readClocks } from './releasing-now.ts'
import type { Viewer } from './viewer.ts'

type Line = CalendarOut['rows'][number]
type Dated = Omit<Line, 'at' | 'case' | 'title'> & { readonly at: Instant }

/** Open cases at most whose dates are shown together, those that are due soonest first. */
const MOST = 500

/** All ends of embargoes, awaited answers and duties by law that the asker may know of, by instant. */
export async function readCalendar(desk: CaseDesk, who: Principal): Promise<Answer<Presented<CalendarOut>>> {
  return await inTransaction(desk.store, 'all', async (tx) => {
    const columns = { organisation: 'case_file.coordinator_id', stage: 'case_file.stage', case: 'case_file.id' }
    const ids = await tx.db
      .selectFrom('case_file')
      .select('id')
      .where(mayList(who, 'list', 'case', columns))
      .where('stage', '=', 'open')
      .orderBy('due_at')
      .orderBy('id')
      .limit(MOST)
      .execute()
    const rows: Line[] = []
    const open = ids.map(({ id }) => id)
    const cases = await seeRows(desk, tx, who, open)
    const stepsOf = await ladderLines(
      tx,
      cases.flatMap(({ seen }) => (seen.coordinator ? [seen] : [])),
    )
    for (const { row, seen, viewer } of cases) {
      const { id, title } = row
      if (seen.coordinator)
        for (const { at, says } of stepsOf(seen)) rows.push({ case: id, title, at: formatInstant(at), what: 'ladder', says })
      for (const { at, ...line } of datesOf(seen, viewer)) rows.push({ case: id, title, at: formatInstant(at), ...line })
    }
    for (const { case: of, title, at } of await plannedReleases(desk, tx, who, open))
      rows.push({
        case: of,
        title,
        at: formatInstant(at),
        what: 'release',
        says: `The advisory is published at ${utcText(at)}.`,
      })
    rows.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    const { now } = await readClocks(desk, tx)
    const view = presentCases(who, { now: formatInstant(now), rows })
    return view === null ? NOT_FOUND : done(view)
  })
}

function datesOf({ case: of, parties, coordinator }: SeenCase, { as, shown, called, invited }: Viewer): Dated[] {
  const own = new Set<string>(parties.map(({ id }) => id))
  const until = (at: Instant) => `until ${utcText(at)}`
  const asked = (coordinator ? of.participants : parties).flatMap(({ id, respondBy, leftAt }): Dated[] => {
    if (respondBy === null || leftAt !== null) return []
    const who = own.has(id) ? 'Your answer' : `The answer of ${called(id)}`
    return [{ at: respondBy, what: 'answer-awaited', says: `${who} is awaited ${until(respondBy)}.` }]
  })
  if (as === null) {
    const end = invited?.what.embargo?.endsAt ?? null
    return end === null
      ? asked
      : [...asked, { at: end, what: 'embargo-ends', says: `The embargo asked for ends ${utcText(end)}.` }]
  }
  const end = endsAt(of)
  const visible = new Set<string>(shown.map(({ id }) => id))
  return [
    ...(end === null ? [] : [{ at: end, what: 'embargo-ends' as const, says: `The embargo ends ${utcText(end)}.` }]),
    ...of.embargo.open.map(({ respondBy }) => {
      return { at: respondBy, what: 'proposal-answer' as const, says: `A proposal waits for answers ${until(respondBy)}.` }
    }),
    ...asked,
    ...of.duties
      .filter(({ participant }) => visible.has(participant))
      .map(({ participant, duty, dueAt }) => {
        return { at: dueAt, what: 'legal-duty' as const, says: `${called(participant)}: ${duty}, due ${utcText(dueAt)}.` }
      }),
  ]
}
