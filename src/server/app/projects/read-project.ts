import { sql } from 'kysely'
import type { ProjectList, ProjectOut } from '../../../contract/shapes/project.ts'
import { rulesFor } from '../../../core/access/permits.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import { presentProject } from '../../../core/access/present/project.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { parseId } from '../../../core/kernel/id.ts'
import { at, inTransaction } from '../../store/connection.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { type LoadedProject, loadProject, loadProjects } from './load-project.ts'
import { loadPaces } from './pace.ts'
import type { ProjectDesk } from './project-desk.ts'
import { isMaintainerProved, projectView, standingTo } from './project-view.ts'

export interface Before {
  readonly at: number
  readonly id: string
}

/** Projects, the newest first; `search` looks in names, purls and repositories. */
export async function listProjects(
  desk: ProjectDesk,
  who: Principal,
  page: { readonly before: Before | null; readonly limit: number; readonly search: string | null },
): Promise<Answer<{ view: Presented<Omit<ProjectList, 'next'>>; next: Before | null }>> {
  if (rulesFor(who, 'list', 'project').length === 0) return NOT_FOUND
  return await inTransaction(desk.store, 'all', async (tx) => {
    const { before, limit, search } = page
    const found = await tx.db
      .selectFrom('project')
      .select(['id', 'entered_at'])
      .$if(before !== null, (query) =>
        query.where(sql<boolean>`(entered_at, id) < (${at(before?.at ?? 0)}, ${before?.id ?? ''})`),
      )
      .$if(search !== null, (query) => {
        const part = `%${(search ?? '').slice(0, 200).replaceAll(/[\\%_]/g, '\\$&')}%`
        return query.where((is) =>
          is.or([is('name', 'ilike', part), is('purl', 'ilike', part), is('repository', 'ilike', part)]),
        )
      })
      .orderBy('entered_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute()
    const shown = found.slice(0, limit)
    const ids = shown.map(({ id }) => id)
    const projects = await loadProjects(desk, tx, ids)
    const isNear = (one: LoadedProject) => Object.values(standingTo(who, one)).includes(true)
    const paces = await loadPaces(tx, projects.filter(isNear))
    const rows = projects.map((one): ProjectList['rows'][number] => ({
      id: one.row.id,
      name: one.row.name,
      purl: one.row.purl,
      repository: one.row.repository,
      steward: one.row.steward,
      proved: isMaintainerProved(one),
      waiting: paces.get(one.row.id)?.line.length ?? null,
      pausedUntil: one.row.paused_until === null ? null : new Date(one.row.paused_until).toISOString(),
    }))
    const view = presentProject(who, { rows })
    const last = found.length > limit ? shown.at(-1) : undefined
    return view === null ? NOT_FOUND : done({ view, next: last === undefined ? null : { at: last.entered_at, id: last.id } })
  })
}

/** One project. */
export async function readProject(desk: ProjectDesk, who: Principal, text: string): Promise<Answer<Presented<ProjectOut>>> {
  const id = parseId('project', text)
  if (id === null) return NOT_FOUND
  return await inTransaction(desk.store, 'all', async (tx) => {
    const loaded = await loadProject(desk, tx, id)
    const view = loaded === null ? null : presentProject(who, await projectView(tx, who, loaded))
    return view === null ? NOT_FOUND : done(view)
  })
}
