import { sql } from 'kysely'
import type { ProjectList, ProjectOut } from '../../../contract/shapes/project.ts'
import { rulesFor } from '../../../core/access/permits.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import { presentProject } from '../../../core/access/present/project.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { parseId } from '../../../core/kernel/id.ts'
import { at, inTransaction } from '../../store/connection.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { loadProject } from './load-project.ts'
import { loadPace } from './pace.ts'
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
    const rows: ProjectList['rows'] = []
    for (const { id } of shown) {
      const loaded = await loadProject(desk, tx, id)
      if (loaded === null) continue
      const { row, terms } = loaded
      const { coordinator, own } = standingTo(who, loaded)
      const pace = coordinator || own ? await loadPace(tx, id, terms) : null
      rows.push({
        id,
        name: row.name,
        purl: row.purl,
        repository: row.repository,
        steward: row.steward,
        proved: isMaintainerProved(loaded),
        waiting: pace?.line.length ?? null,
        pausedUntil: row.paused_until === null ? null : new Date(row.paused_until).toISOString(),
      })
    }
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
