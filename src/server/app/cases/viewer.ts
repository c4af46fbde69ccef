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
  const { case: of, parties, now } = seen
  const reading = parties.filter((one) => readsOf(of, one, now) === 'content')
  const as = reading.find(({ id }) => id === of.chair) ?? reading[0] ?? null
  const others = as === null ? { shown: [], hidden: 0 } : participantsSeen(of, as.id)
  // Of several participants of one organisation each sees itself.
  const own = parties.filter(({ id }) => !others.shown.some((one) => one.id === id))
  const shown = [...others.shown, ...own]
  const hidden = Math.max(0, others.hidden - own.filter((one) => one.hidden).length)
  const invited = parties.flatMap((to) => {
    const read = readingOf(of, to.id, now)
    const what = read.reads === 'invitation' ? read : read.reads === 'content' ? read.invited : null
    return what === null ? [] : [{ to, what }]
  })
  const organisations = [of.coordinator, ...shown.flatMap(({ organisation }) => organisation ?? [])]
  const { organisations: names } = await loadNames(tx, [], organisations)
  const projects = await projectNames(tx, seen)
  const byId = new Map(shown.map((one) => [one.id as string, one]))
  const nameOf = (id: string): string | null => {
    if (id === of.chair) return names.get(of.coordinator) ?? null
    const one = byId.get(id)
    if (one === undefined) return null
    return one.organisation === null ? (projects.get(id) ?? null) : (names.get(one.organisation) ?? null)
  }
  const called = (id: string) => nameOf(id) ?? 'A participant'
  return { as, shown, hidden, invited: invited[0] ?? null, nameOf, called }
}

/** How contacts without an account are called: by the project they answer for. */
async function projectNames(tx: Tx, { projects }: SeenCase): Promise<Map<string, string>> {
  const ids = [...new Set(Object.values(projects))]
  if (ids.length === 0) return new Map()
  const rows = await tx.db.selectFrom('project').select(['id', 'name']).where('id', 'in', ids).execute()
  const names = new Map(rows.map((row) => [row.id, row.name]))
  return new Map(Object.entries(projects).flatMap(([id, project]) => (names.has(project) ? [[id, names.get(project)!]] : [])))
}
