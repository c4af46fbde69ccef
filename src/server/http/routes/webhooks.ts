import type { Context, Hono } from 'hono'
import { ActWebhook, AddWebhook } from '../../../contract/shapes/project.ts'
import { listNotices, readNotice } from '../../app/notices/list-notices.ts'
import { actWebhook, addWebhook, listWebhooks } from '../../app/webhooks/webhooks.ts'
import type { Desks } from '../desks.ts'
import { type Env, readBody, refuse, send, serve } from '../door.ts'

/** What is told to people in their inbox, and to programs by webhooks. */
export function webhookRoutes(app: Hono<Env>, desks: Desks): void {
  const ground = desks.projects
  const id = (c: Context<Env>) => c.req.param('id') ?? ''

  serve(app, 'listNotices', async (c, { principal }) => send(c, await listNotices(ground, principal)))
  serve(app, 'readNotice', async (c, { principal }) => send(c, await readNotice(ground, principal, id(c))))
  serve(app, 'listWebhooks', async (c, { principal }) => send(c, await listWebhooks(ground, principal)))
  serve(app, 'addWebhook', async (c, { principal }) => {
    const body = await readBody(c, AddWebhook)
    if (!body.ok) return refuse(c, body)
    return send(c, await addWebhook(ground, desks.config.mail.privateWebhooks, principal, body.value), 201)
  })
  serve(app, 'actWebhook', async (c, { principal }) => {
    const body = await readBody(c, ActWebhook)
    return body.ok ? send(c, await actWebhook(ground, principal, id(c), body.value)) : refuse(c, body)
  })
}
