import type { Context, Hono } from 'hono'
import { ActAgreement, ActDocket, AddAgreement, OpenDocket, PutEndpoint } from '../../../contract/shapes/docket.ts'
import { presentOpened } from '../../../core/access/present/docket.ts'
import { presentAccount } from '../../../core/access/present/public.ts'
import { type Answer, done, NOT_FOUND } from '../../app/answer.ts'
import { actDocket } from '../../app/docket/act-docket.ts'
import { custodyRecipient, putEndpoint } from '../../app/docket/act-endpoint.ts'
import { actAgreement, addAgreement, listAgreements } from '../../app/docket/agreements.ts'
import { proveDocketLog } from '../../app/docket/anchor-log.ts'
import { listDockets } from '../../app/docket/list-dockets.ts'
import { listOffices } from '../../app/docket/list-offices.ts'
import { openDocket } from '../../app/docket/open-docket.ts'
import { addPaper, listPapers, readPaper } from '../../app/docket/paper-desk.ts'
import { proveDocket } from '../../app/docket/prove-docket.ts'
import { readDocket, readDocketLog } from '../../app/docket/read-docket.ts'
import { docketTally } from '../../app/docket/tally-dockets.ts'
import type { Desks } from '../desks.ts'
import { type Caller, type Env, readBody, refuse, send, sendBytes, serve } from '../door.ts'
import { readLimit, readPageCursor, writePageCursor } from '../query.ts'

const LONG_BODY = 1 << 20

/** Dockets and standing agreements, as the seats of whoever asks show them. */
export function docketRoutes(app: Hono<Env>, desks: Desks): void {
  const desk = desks.docket
  const id = (c: Context<Env>) => c.req.param('id') ?? ''
  /** After a command: the docket as it stands, so that no second question is needed. */
  const after = async (c: Context<Env>, { principal }: Caller, answer: Answer<null>, docket: string) =>
    answer.ok ? send(c, await readDocket(desk, principal, docket)) : refuse(c, answer)

  serve(app, 'listDockets', async (c, { principal }) => {
    const before = readPageCursor(c.req.query('cursor'))
    if (before === undefined)
      return refuse(c, { ok: false, code: 'request.invalid', where: 'cursor', say: 'The cursor is not one of this list.' })
    const list = await listDockets(desk, principal, { before, limit: readLimit(c.req.query('limit')) })
    if (!list.ok) return refuse(c, list)
    const { view, next } = list.value
    return send(c, done(presentAccount({ ...view, next: next === null ? null : writePageCursor(next) })))
  })
  serve(app, 'listOffices', async (c, { principal }) => send(c, await listOffices(desk, principal)))
  serve(app, 'openDocket', async (c, caller) => {
    const body = await readBody(c, OpenDocket)
    if (!body.ok) return refuse(c, body)
    const opened = await openDocket(desk, caller.principal, body.value)
    if (!opened.ok) return refuse(c, opened)
    const shown = presentOpened(caller.principal, opened.value.id)
    return shown === null ? refuse(c, NOT_FOUND) : send(c, await readDocket(desk, caller.principal, shown.id), 201)
  })
  serve(app, 'readDocket', async (c, { principal }) => send(c, await readDocket(desk, principal, id(c))))
  serve(app, 'actDocket', async (c, caller) => {
    const body = await readBody(c, ActDocket, LONG_BODY)
    if (!body.ok) return refuse(c, body)
    return await after(c, caller, await actDocket(desk, caller.principal, id(c), body.value), id(c))
  })
  serve(app, 'readDocketLog', async (c, { principal }) => {
    const { cursor, limit } = c.req.query()
    if (cursor !== undefined && !/^\d{1,9}$/.test(cursor))
      return refuse(c, { ok: false, code: 'request.invalid', where: 'cursor', say: 'The cursor is not one of this list.' })
    const page = { before: cursor === undefined ? null : Number(cursor), limit: readLimit(limit) }
    return send(c, await readDocketLog(desk, principal, id(c), page))
  })
  serve(app, 'proveDocketLog', async (c, { principal }) => send(c, await proveDocketLog(desk, desks.ledger, principal, id(c))))
  serve(app, 'listPapers', async (c, { principal }) => send(c, await listPapers(desk, principal, id(c))))
  serve(app, 'addPaper', async (c, { principal }) => {
    const { object = '', title = '' } = c.req.query()
    return send(c, await addPaper(desk, principal, id(c), { object, title }, c.req.raw.body), 201)
  })
  serve(app, 'readPaper', async (c, { principal }) =>
    sendBytes(c, await readPaper(desk, principal, id(c), c.req.param('paper') ?? '')),
  )
  serve(app, 'custodyRecipient', async (c, { principal }) => send(c, await custodyRecipient(desk, principal, id(c))))
  serve(app, 'putEndpoint', async (c, caller) => {
    const body = await readBody(c, PutEndpoint)
    if (!body.ok) return refuse(c, body)
    return await after(c, caller, await putEndpoint(desk, caller.principal, id(c), body.value), id(c))
  })
  serve(app, 'proveDocket', async (c, { principal }) => send(c, await proveDocket(desk, desks.ledger, principal, id(c))))
  serve(app, 'listAgreements', async (c, { principal }) => send(c, await listAgreements(desk, principal)))
  serve(app, 'addAgreement', async (c, { principal }) => {
    const body = await readBody(c, AddAgreement, LONG_BODY)
    return body.ok ? send(c, await addAgreement(desk, principal, body.value), 201) : refuse(c, body)
  })
  serve(app, 'actAgreement', async (c, { principal }) => {
    const body = await readBody(c, ActAgreement)
    return body.ok ? send(c, await actAgreement(desk, principal, id(c), body.value)) : refuse(c, body)
  })
  serve(app, 'docketTally', async (c) => send(c, done(await docketTally(desk))))
}
