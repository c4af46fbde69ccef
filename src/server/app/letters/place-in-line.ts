import { formatInstant, type Instant } from '../../../core/kernel/instant.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { loadProject } from '../projects/load-project.ts'
import { expectedAt, loadPace } from '../projects/pace.ts'
import type { ProjectDesk } from '../projects/project-desk.ts'

/** Where a case stands in its maintainer's line, and when it is expected to be sent. */
export interface PlaceInLine {
  readonly position: number
  readonly expectedAt: Instant | null
}

/** The place of a case that a person let go and whose turn has not come; null: nothing of it waits. Several projects: the last place. */
export async function placeInLine(desk: ProjectDesk, tx: Tx, id: string): Promise<PlaceInLine | null> {
  const projects = await tx.db
    .selectFrom('letter')
    .select('project_id')
    .distinct()
    .where('case_id', '=', id)
    .where('state', '=', 'queued')
    .where('send_at', 'is', null)
    .where('project_id', 'is not', null)
    .execute()
  let place: PlaceInLine | null = null
  for (const { project_id } of projects) {
    const project = await loadProject(desk, tx, project_id ?? '')
    if (project === null) continue
    const pace = await loadPace(tx, project.row.id, project.terms)
    const position = pace.line.findIndex((one) => one.case === id) + 1
    if (position === 0 || (place !== null && place.position >= position)) continue
    place = { position, expectedAt: expectedAt(pace, position, project.now).earliest }
  }
  return place
}

/**
 * Of findings of one organisation, the places of those whose case it takes part in as a finder and reads; others are left out, so
 * that nobody learns by it that there is a case.
 */
export async function placesOfFindings(
  desk: ProjectDesk,
  organisation: string,
  findings: readonly string[],
): Promise<Map<string, { position: number; expectedAt: string | null }>> {
  if (findings.length === 0) return new Map()
  return await inTransaction(desk.store, 'all', (tx) => placesIn(desk, tx, organisation, findings))
}

async function placesIn(
  desk: ProjectDesk,
  tx: Tx,
  organisation: string,
  findings: readonly string[],
): Promise<Map<string, { position: number; expectedAt: string | null }>> {
  const places = new Map<string, { position: number; expectedAt: string | null }>()
  const rows = await tx.db
    .selectFrom('member')
    .innerJoin('case_flaw', 'case_flaw.flaw_id', 'member.flaw_id')
    .innerJoin('case_party', 'case_party.case_id', 'case_flaw.case_id')
    .select(['member.finding_id', 'case_flaw.case_id'])
    .where('member.finding_id', 'in', [...findings])
    .where('case_flaw.removed_at', 'is', null)
    .where('case_party.organisation_id', '=', organisation)
    .where('case_party.kind', '=', 'finder')
    .where('case_party.reads', '=', 'content')
    .where('case_party.left_at', 'is', null)
    .execute()
  const cases = new Map<string, PlaceInLine | null>()
  for (const { finding_id, case_id } of rows) {
    if (!cases.has(case_id)) cases.set(case_id, await placeInLine(desk, tx, case_id))
    const place = cases.get(case_id) ?? null
    if (place === null) continue
    const on = place.expectedAt === null ? null : formatInstant(place.expectedAt)
    places.set(finding_id, { position: place.position, expectedAt: on })
  }
  return places
}
