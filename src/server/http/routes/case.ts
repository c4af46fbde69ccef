import type { Context, Hono } from 'hono'
import { ActCase, OpenCase, WriteCaseMessage } from '../../../contract/shapes/case.ts'
import { presentCases, presentOpenedCase } from '../../../core/access/present/case.ts'
import { presentAccount } from '../../../core/access/present/public.ts'
import { type Denied, done, NOT_FOUND } from '../../app/answer.ts'
import { actCase } from '../../app/cases/act-case.ts'
import { readCalendar } from '../../app/cases/calendar.ts'
import { CASE_TABS, listCases } from '../../app/cases/list-cases.ts'
import { openCase } from '../../app/cases/open-case.ts'
import { addCaseFile, listCasePapers, readCasePaper, writeCaseMessage } from '../../app/cases/paper-desk.ts'
import { proveCase, readCaseReceipt } from '../../app/cases/prove-case.ts'
import { readCase } from '../../app/cases/read-case.ts'
import { readCaseEvidence } from '../../app/cases/read-evidence.ts'
import { readCaseReads } from '../../app/cases/read-reads.ts'
import { readTimeline } from '../../app/cases/read-timeline.ts'
import type { Desks } from '../desks.ts'
import { type Env, readBody, refuse, send, sendBytes, serve } from '../door.ts'
import { readLimit, readPageCursor, writePageCursor } from '../query.ts'

const LONG_BODY = 1 << 20
const invalid = (where: string, say: string): Denied => ({ ok: false, code: 'request.invalid', where, say })
const NO_CURSOR = invalid('cursor', 'The cursor is not one of this list.')

/** Cases, their papers and their dates, as far as whoever asks takes part. */
export function caseRoutes(app: Hono<Env>, desks: Desks): void {
  const desk = desks.cases
  const id = (c: Context<Env>) => c.req.param('id') ?? ''

  serve(app, 'listCases', async (c, { principal }) => {
    const before = readPageCursor(c.req.query('cursor'))
    const tab = CASE_TABS.find((one) => one === (c.req.query('tab') ?? 'all'))
    if (before === undefined) return refuse(c, NO_CURSOR)
    if (tab === undefined) return refuse(c, invalid('tab', `A tab is one of ${CASE_TABS.join(', ')}.`))
    const list = await listCases(desk, principal, { tab, before, limit: readLimit(c.req.query('limit')) })
    if (!list.ok) return refuse(c, list)
    const { view, next } = list.value
    return send(c, done(presentAccount({ ...view, next: next === null ? null : writePageCursor(next) })))
  })
  serve(app, 'openCase', async (c, { principal }) => {
    const body = await readBody(c, OpenCase)
    if (!body.ok) return refuse(c, body)
    const opened = await openCase(desk, principal, body.value)
    if (!opened.ok) return refuse(c, opened)
    const shown = presentOpenedCase(principal, opened.value.id)
    return shown === null ? refuse(c, NOT_FOUND) : send(c, await readCase(desk, principal, shown.id), 201)
  })
  serve(app, 'readCase', async (c, { principal }) => send(c, await readCase(desk, principal, id(c))))
  serve(app, 'actCase', async (c, { principal }) => {
    const body = await readBody(c, ActCase, LONG_BODY)
    if (!body.ok) return refuse(c, body)
    const acted = await actCase(desk, principal, id(c), body.value)
    if (!acted.ok) return refuse(c, acted)
    const view = await readCase(desk, principal, id(c))
    if (view.ok || view.code !== 'thing.not-found') return send(c, view)
    // Who has left or declined reads no case any more, and is told that it was done.
    const gone = presentCases(principal, { gone: true })
    return gone === null ? refuse(c, NOT_FOUND) : send(c, done(gone))
  })
  serve(app, 'readTimeline', async (c, { principal }) => {
    const { cursor, limit } = c.req.query()
    if (cursor !== undefined && !/^\d{1,9}$/.test(cursor)) return refuse(c, NO_CURSOR)
    const page = { before: cursor === undefined ? null : Number(cursor), limit: readLimit(limit) }
    return send(c, await readTimeline(desk, principal, id(c), page))
  })
  serve(app, 'readCaseReads', async (c, { principal }) => {
    const { cursor, limit } = c.req.query()
    if (cursor !== undefined && !/^\d{1,9}$/.test(cursor)) return refuse(c, NO_CURSOR)
    const page = { before: cursor === undefined ? null : Number(cursor), limit: readLimit(limit) }
    return send(c, await readCaseReads(desk, principal, id(c), page))
  })
  serve(app, 'listCasePapers', async (c, { principal }) => send(c, await listCasePapers(desk, principal, id(c))))
  serve(app, 'addCasePaper', async (c, { principal }) => {
    if (/^application\/json\b/i.test(c.req.header('content-type') ?? '')) {
      const body = await readBody(c, WriteCaseMessage)
      return body.ok ? send(c, await writeCaseMessage(desk, principal, id(c), body.value), 201) : refuse(c, body)
    }
    const { kind = 'file', title = '' } = c.req.query()
    const to = (c.req.queries('to') ?? []).slice(0, 200)
    return send(c, await addCaseFile(desk, principal, id(c), { kind, title, to }, c.req.raw.body), 201)
  })
  serve(app, 'readCasePaper', async (c, { principal }) =>
    sendBytes(c, await readCasePaper(desk, principal, id(c), c.req.param('paper') ?? '')),
  )
  for (const [name, kind] of [
    ['readCasePatch', 'patch'],
    ['readCaseReproducer', 'reproducer'],
  ] as const)
    serve(app, name, async (c, { principal }) =>
      sendBytes(c, await readCaseEvidence(desk, principal, id(c), kind, c.req.param('evidence') ?? '')),
    )
  serve(app, 'proveCase', async (c, { principal }) => send(c, await proveCase(desk, desks.ledger, principal, id(c))))
  serve(app, 'readCaseReceipt', async (c, { principal }) =>
    send(c, await readCaseReceipt(desk, desks.ledger, principal, id(c))),
  )
  serve(app, 'calendar', async (c, { principal }) => send(c, await readCalendar(desk, principal)))
}
