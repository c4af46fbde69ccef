import type { Participant } from '../../../core/cases/case.ts'
import { type Invited, participantsSeen, readingOf } from '../../../core/cases/reading.ts'
import type { Tx } from '../../store/connection.ts'
import { loadNames } from '../docket/names.ts'
import type { SeenCase } from './load-case.ts'
import { readsOf } from './reads-of.ts'

/** A case as its viewer gets to see it: the participants that are shown, and how they are called. */
export interface Viewer {
  /** The participant as whom the asker looks: the chair, or the first of theirs that reads the case; null: none does. */
  readonly as: Participant | null
  readonly shown: readonly Participant[]
  readonly hidden: number
  /** What an invitation that stands open shows; null: there is none. */
  readonly invited: { readonly to: Participant; readonly what: Invited } | null
  /** The name of a participant; one that is hidden, or not shown to this viewer, has none. */
  readonly nameOf: (id: string) => string | null
  /** A name or what stands for it in a sentence. */
  readonly called: (id: string) => string
}

/** Who of a case the asker sees, with names loaded. */
export async function viewerOf(tx: Tx, seen: SeenCase): Promise<Viewer> {
  return (await viewersOf(tx, [seen]))[0]!
}

/** The same of many cases, in the order given, with as many questions as for one. */
export async function viewersOf(tx: Tx, cases: readonly SeenCase[]): Promise<Viewer[]> {
  const seen = cases.map((one) => ({ one, people: peopleOf(one) }))
  const organisations = seen.flatMap(({ one, people }) => [
    one.case.coordinator,
    ...people.shown.flatMap(({ organisation }) => organisation ?? []),
  ])
  const { organisations: names } = await loadNames(tx, [], organisations)
  const projects = await projectNames(tx, cases)
  return seen.map(({ one, people }) => {
    const nameOf = namesIn(one, people.shown, names, projects)
    return { ...people, invited: invitedIn(one), nameOf, called: (id) => nameOf(id) ?? 'A participant' }
  })
}

function peopleOf({ case: of, parties, now }: SeenCase): Pick<Viewer, 'as' | 'shown' | 'hidden'> {
  const reading = parties.filter((one) => readsOf(of, one, now) === 'content')
  const as = reading.find(({ id }) => id === of.chair) ?? reading[0] ?? null
  const others = as === null ? { shown: [], hidden: 0 } : participantsSeen(of, as.id)
  // Of several participants of one organisation each sees itself.
  const own = parties.filter(({ id }) => !others.shown.some((one) => one.id === id))
  const hidden = Math.max(0, others.hidden - own.filter((one) => one.hidden).length)
  return { as, shown: [...others.shown, ...own], hidden }
}

function invitedIn({ case: of, parties, now }: SeenCase): Viewer['invited'] {
  for (const to of parties) {
    const read = readingOf(of, to.id, now)
    const what = read.reads === 'invitation' ? read : read.reads === 'content' ? read.invited : null
    if (what !== null) return { to, what }
  }
  return null
}

/** Contacts without an account are called by the project they answer for. */
function namesIn(
  { case: of, projects }: SeenCase,
  shown: readonly Participant[],
  organisations: ReadonlyMap<string, string>,
  names: ReadonlyMap<string, string>,
): Viewer['nameOf'] {
  const byId = new Map(shown.map((one) => [one.id as string, one]))
  return (id) => {
    if (id === of.chair) return organisations.get(of.coordinator) ?? null
    const one = byId.get(id)
    if (one === undefined) return null
    return one.organisation === null ? (names.get(projects[id] ?? '') ?? null) : (organisations.get(one.organisation) ?? null)
  }
}

async function projectNames(tx: Tx, cases: readonly SeenCase[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(cases.flatMap(({ projects }) => Object.values(projects)))]
  if (ids.length === 0) return new Map()
  const rows = await tx.db.selectFrom('project').select(['id', 'name']).where('id', 'in', ids).execute()
  return new Map(rows.map((row) => [row.id, row.name]))
}
