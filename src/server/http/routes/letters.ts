import type { Context, Hono } from 'hono'
import { ActLetter, DraftLetter } from '../../../contract/shapes/case.ts'
import { UseLink } from '../../../contract/shapes/project.ts'
import { actLetter, draftLetter, listLetters, waitingLetters } from '../../app/letters/letter-desk.ts'
import { readLink, takeLink } from '../../app/letters/one-time-links.ts'
import type { Desks } from '../desks.ts'
import { type Env, readBody, refuse, send, serve } from '../door.ts'

/** Letters of cases, and the one-time links that stand in them. */
export function letterRoutes(app: Hono<Env>, desks: Desks): void {
  const desk = desks.projects
  const id = (c: Context<Env>) => c.req.param('id') ?? ''
  const token = (c: Context<Env>) => c.req.param('token') ?? ''

  serve(app, 'listLetters', async (c, { principal }) => send(c, await listLetters(desk, principal, id(c))))
  serve(app, 'waitingLetters', async (c, { principal }) => send(c, await waitingLetters(desk, principal)))
  serve(app, 'draftLetter', async (c, { principal }) => {
    const body = await readBody(c, DraftLetter)
    return body.ok ? send(c, await draftLetter(desk, principal, id(c), body.value), 201) : refuse(c, body)
  })
  serve(app, 'actLetter', async (c, { principal }) => {
    const body = await readBody(c, ActLetter)
    return body.ok ? send(c, await actLetter(desk, principal, id(c), body.value)) : refuse(c, body)
  })
  serve(app, 'readLink', async (c) => send(c, await readLink(desk, token(c))))
  serve(app, 'takeLink', async (c) => {
    const body = await readBody(c, UseLink)
    return body.ok ? send(c, await takeLink(desk, token(c), body.value)) : refuse(c, body)
  })
}
