import type { Timeline, TimelineLine } from '../../../contract/shapes/case.ts'
import { presentCase } from '../../../core/access/present/case.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import { type EntryRecord, readEntries, sinceEntry } from '../../store/case-entry.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { openJson } from '../../store/keys/seal.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { loadNames } from '../docket/names.ts'
import type { CaseDesk } from './case-desk.ts'
import { lineOf } from './event-words.ts'
import { interleaved, type LetterLine, letterLines } from './letter-lines.ts'
import { type SeenCase, seeCase, subjectOf } from './load-case.ts'
import { entryPlace, type ToldEvent } from './store-case.ts'
import { type Viewer, viewerOf } from './viewer.ts'

/** What happened in a case, the newest first, as far as the asker reads it. `before`: the version of an entry. */
export async function readTimeline(
  desk: CaseDesk,
  who: Principal,
  text: string,
  page: { readonly before: number | null; readonly limit: number },
): Promise<Answer<Presented<Timeline>>> {
  return await inTransaction(desk.store, 'all', async (tx) => {
    const seen = await seeCase(desk, tx, who, 'read', text)
    if (seen === null || seen.reads !== 'content') return NOT_FOUND
    if (seen.purge !== null) return denied('case.closed')
    const viewer = await viewerOf(tx, seen)
    const entries = await readEntries(tx, seen.case.id, page.before, page.limit)
    const last = entries.at(-1)
    const next = last === undefined || last.version === 1 ? null : String(last.version)
    const span = {
      from: next === null ? null : await sinceEntry(tx, seen.case.id, last!.version),
      until: page.before === null ? null : await sinceEntry(tx, seen.case.id, page.before),
    }
    const letters = await letterLines(desk, tx, seen, viewer, span)
    const shown = presentCase(who, subjectOf(seen), { rows: await linesOf(tx, seen, viewer, entries, letters), next })
    return shown === null ? NOT_FOUND : done(shown)
  })
}

async function linesOf(
  tx: Tx,
  seen: SeenCase,
  viewer: Viewer,
  entries: readonly EntryRecord[],
  letters: readonly LetterLine[],
): Promise<TimelineLine[]> {
  const { case: of, coordinator, parties, key } = seen
  const own = new Set<string>(parties.map(({ id }) => id))
  const reads = new Set<string>(seen.flaws)
  const since = sinceOf(seen, viewer)
  const acted = [...entries.flatMap(({ person_id }) => person_id ?? []), ...letters.flatMap(({ person }) => person ?? [])]
  const { people } = await loadNames(tx, acted, [])
  const home = await homesOf(tx, acted)
  const mine = new Set(of.participants.flatMap(({ id, organisation }) => (own.has(id) && organisation ? [organisation] : [])))
  // People are named to their own side and to the coordinator; to all others their organisation acts.
  const named = (person: string | null, participant: string | null): string => {
    if (person === null) return participant === null ? 'Weir' : viewer.called(participant)
    const of_ = home.get(person)
    const side = coordinator || (of_ !== undefined && mine.has(of_ as never))
    if (side) return people.get(person) ?? 'A person'
    return of_ === of.coordinator
      ? viewer.called(of.chair)
      : participant === null
        ? 'A participant'
        : viewer.called(participant)
  }
  const told = entries.map((entry): TimelineLine | { readonly at: string; readonly hidden: true } => {
    const hidden = { at: formatInstant(instant(entry.at)), hidden: true } as const
    const event = openJson<ToldEvent>(key.key, entry.body, entryPlace(of.id, entry.version))
    const line = lineOf(event, viewer.called)
    const about = line.participant
    if (!coordinator) {
      if (line.confidential && !(about !== null && own.has(about))) return hidden
      if (line.flaws.some((flaw) => !reads.has(flaw))) return hidden
      if (entry.at < since && !(about !== null && own.has(about)) && line.kind === 'party') return hidden
      // Who is not shown takes no part for this viewer.
      if (about !== null && about !== of.chair && !viewer.shown.some(({ id }) => id === about)) return hidden
    }
    const { version, at, person_id } = entry
    return { version, at: formatInstant(instant(at)), who: named(person_id, about), says: line.says, kind: line.kind }
  })
  // An answer is its participant's; what nobody sent, Weir did.
  const whoOf = ({ person, party, answer }: LetterLine) => (answer ? viewer.called(party) : named(person, null))
  return interleaved(told, letters, whoOf)
}

/** From when a participant is told what others did: before it was asked, that was none of its business. */
function sinceOf({ coordinator }: SeenCase, { as }: Viewer): number {
  return coordinator || as === null ? 0 : as.invitedAt
}

async function homesOf(tx: Tx, people: readonly string[]): Promise<Map<string, string>> {
  if (people.length === 0) return new Map()
  const rows = await tx.db
    .selectFrom('person')
    .select(['id', 'organisation_id'])
    .where('id', 'in', [...new Set(people)])
    .execute()
  return new Map(rows.map((row) => [row.id, row.organisation_id]))
}
