import type { Hono } from 'hono'
import { done } from '../../app/answer.ts'
import { readFunnel } from '../../app/funnel/take-funnel.ts'
import type { Desks } from '../desks.ts'
import { type Env, send, serve } from '../door.ts'

/** The way from found to deployed, for everyone; exact for coordination. */
export function funnelRoutes(app: Hono<Env>, desks: Desks): void {
  serve(app, 'funnel', async (c, { principal }) => send(c, done(await readFunnel(desks.cases, principal))))
}
