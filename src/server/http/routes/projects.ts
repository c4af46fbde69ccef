import type { Context, Hono } from 'hono'
import { ActProject, AddProject, ReadTerms } from '../../../contract/shapes/project.ts'
import { presentAccount } from '../../../core/access/present/public.ts'
import { done } from '../../app/answer.ts'
import { readInbox } from '../../app/letters/read-inbox.ts'
import { actProject } from '../../app/projects/act-project.ts'
import { addProject } from '../../app/projects/add-project.ts'
import { draftTerms } from '../../app/projects/draft-terms.ts'
import { listProjects, readProject } from '../../app/projects/read-project.ts'
import type { Desks } from '../desks.ts'
import { type Env, readBody, refuse, send, serve } from '../door.ts'
import { readLimit, readPageCursor, writePageCursor } from '../query.ts'

const LONG_BODY = 1 << 20

/** Projects, what they ask of reports, and the maintainer's inbox. */
export function projectRoutes(app: Hono<Env>, desks: Desks): void {
  const desk = desks.projects
  const id = (c: Context<Env>) => c.req.param('id') ?? ''

  serve(app, 'listProjects', async (c, { principal }) => {
    const before = readPageCursor(c.req.query('cursor'))
    if (before === undefined)
      return refuse(c, { ok: false, code: 'request.invalid', where: 'cursor', say: 'The cursor is not one of this list.' })
    const page = { before, limit: readLimit(c.req.query('limit')), search: c.req.query('q')?.trim() || null }
    const list = await listProjects(desk, principal, page)
    if (!list.ok) return refuse(c, list)
    const { view, next } = list.value
    return send(c, done(presentAccount({ ...view, next: next === null ? null : writePageCursor(next) })))
  })
  serve(app, 'addProject', async (c, { principal }) => {
    const body = await readBody(c, AddProject, LONG_BODY)
    if (!body.ok) return refuse(c, body)
    const added = await addProject(desk, principal, body.value)
    return added.ok ? send(c, await readProject(desk, principal, added.value.id), 201) : refuse(c, added)
  })
  serve(app, 'readTerms', async (c, { principal }) => {
    const body = await readBody(c, ReadTerms, LONG_BODY)
    return body.ok ? send(c, draftTerms(principal, body.value, desk.clock())) : refuse(c, body)
  })
  serve(app, 'readProject', async (c, { principal }) => send(c, await readProject(desk, principal, id(c))))
  serve(app, 'actProject', async (c, { principal }) => {
    const body = await readBody(c, ActProject, LONG_BODY)
    if (!body.ok) return refuse(c, body)
    const acted = await actProject(desk, principal, id(c), body.value)
    return acted.ok ? send(c, await readProject(desk, principal, id(c))) : refuse(c, acted)
  })
  serve(app, 'inbox', async (c, { principal }) => send(c, await readInbox(desk, principal)))
}
