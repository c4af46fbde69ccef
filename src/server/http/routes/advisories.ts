import type { Context, Hono } from 'hono'
import { ActAdvisory, DraftAdvisory, EditAdvisory } from '../../../contract/shapes/advisory.ts'
import { presentAccount } from '../../../core/access/present/public.ts'
import { actAdvisory } from '../../app/advisories/act-advisory.ts'
import { draftAdvisory } from '../../app/advisories/draft-advisory.ts'
import { editAdvisory } from '../../app/advisories/edit-advisory.ts'
import { listAdvisories } from '../../app/advisories/list-advisories.ts'
import { proveAdvisory } from '../../app/advisories/prove-advisory.ts'
import { previewAdvisory, readAdvisory } from '../../app/advisories/read-advisory.ts'
import { done } from '../../app/answer.ts'
import type { Desks } from '../desks.ts'
import { type Env, readBody, refuse, send, serve } from '../door.ts'
import { readLimit, readPageCursor, writePageCursor } from '../query.ts'

const LONG_BODY = 4 << 20

/** Advisories: published ones for everybody, drafts for those who read their case. */
export function advisoryRoutes(app: Hono<Env>, desks: Desks): void {
  const desk = desks.advisory
  const id = (c: Context<Env>) => c.req.param('id') ?? ''

  serve(app, 'listAdvisories', async (c, { principal }) => {
    const before = readPageCursor(c.req.query('cursor'))
    if (before === undefined)
      return refuse(c, { ok: false, code: 'request.invalid', where: 'cursor', say: 'The cursor is not one of this list.' })
    const list = await listAdvisories(desk, principal, { before, limit: readLimit(c.req.query('limit')) })
    if (!list.ok) return refuse(c, list)
    const { view, next } = list.value
    return send(c, done(presentAccount({ ...view, next: next === null ? null : writePageCursor(next) })))
  })
  serve(app, 'readAdvisory', async (c, { principal }) => send(c, await readAdvisory(desk, principal, id(c))))
  serve(app, 'draftAdvisory', async (c, { principal }) => {
    const body = await readBody(c, DraftAdvisory)
    if (!body.ok) return refuse(c, body)
    const drafted = await draftAdvisory(desk, principal, id(c), body.value)
    return drafted.ok ? send(c, await readAdvisory(desk, principal, drafted.value.id), 201) : refuse(c, drafted)
  })
  serve(app, 'editAdvisory', async (c, { principal }) => {
    const body = await readBody(c, EditAdvisory, LONG_BODY)
    if (!body.ok) return refuse(c, body)
    const edited = await editAdvisory(desk, principal, id(c), body.value)
    return edited.ok ? send(c, await readAdvisory(desk, principal, id(c))) : refuse(c, edited)
  })
  serve(app, 'actAdvisory', async (c, { principal }) => {
    const body = await readBody(c, ActAdvisory, LONG_BODY)
    if (!body.ok) return refuse(c, body)
    const acted = await actAdvisory(desk, principal, id(c), body.value)
    if (!acted.ok) return refuse(c, acted)
    desks.published()
    return send(c, await readAdvisory(desk, principal, id(c)))
  })
  serve(app, 'previewAdvisory', async (c, { principal }) =>
    send(c, await previewAdvisory(desk, principal, id(c), c.req.query('format') ?? 'csaf')),
  )
  serve(app, 'proveAdvisory', async (c, { principal }) => send(c, await proveAdvisory(desk, desks.ledger, principal, id(c))))
}
