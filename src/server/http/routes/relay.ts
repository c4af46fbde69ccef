import type { Context, Hono } from 'hono'
import { ActCve, ActRelay, DraftRelay } from '../../../contract/shapes/relay.ts'
import type { Answer } from '../../app/answer.ts'
import { actCve } from '../../app/relay/act-cve.ts'
import { actRelay } from '../../app/relay/act-relay.ts'
import { draftRelay } from '../../app/relay/draft-relay.ts'
import { listRelays } from '../../app/relay/list-relays.ts'
import type { Desks } from '../desks.ts'
import { type Caller, type Env, readBody, refuse, send, serve } from '../door.ts'

/** What is passed on of a case by a coordinator's click, and the CVE ids of its flaws. */
export function relayRoutes(app: Hono<Env>, desks: Desks): void {
  const desk = desks.relay
  const id = (c: Context<Env>) => c.req.param('id') ?? ''
  /** After a command: all of it as it stands, so that no second question is needed. */
  const after = async (c: Context<Env>, { principal }: Caller, answer: Answer<unknown>, status: 200 | 201 = 200) =>
    answer.ok ? send(c, await listRelays(desk, principal, id(c)), status) : refuse(c, answer)

  serve(app, 'listRelays', async (c, { principal }) => send(c, await listRelays(desk, principal, id(c))))
  serve(app, 'draftRelay', async (c, caller) => {
    const body = await readBody(c, DraftRelay)
    return body.ok ? await after(c, caller, await draftRelay(desk, caller.principal, id(c), body.value), 201) : refuse(c, body)
  })
  serve(app, 'actRelay', async (c, caller) => {
    const body = await readBody(c, ActRelay)
    if (!body.ok) return refuse(c, body)
    const place = { case: id(c), relay: c.req.param('relay') ?? '' }
    return await after(c, caller, await actRelay(desk, caller.principal, place, body.value))
  })
  serve(app, 'actCve', async (c, caller) => {
    const body = await readBody(c, ActCve)
    if (!body.ok) return refuse(c, body)
    const place = { case: id(c), flaw: c.req.param('flaw') ?? '' }
    return await after(c, caller, await actCve(desk, caller.principal, place, body.value))
  })
}
