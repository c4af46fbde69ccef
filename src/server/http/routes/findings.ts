import type { Hono } from 'hono'
import { rulesFor } from '../../../core/access/permits.ts'
import { presentAccount } from '../../../core/access/present/public.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { parseId } from '../../../core/kernel/id.ts'
import { done, NOT_FOUND } from '../../app/answer.ts'
import { listFindings, type PlacesOf } from '../../app/findings/list-findings.ts'
import { listReports, readReport } from '../../app/findings/list-reports.ts'
import { proveReceipt } from '../../app/findings/prove-receipt.ts'
import { readReceipt } from '../../app/findings/read-receipt.ts'
import { releaseFinding } from '../../app/findings/release-finding.ts'
import { placesOfFindings } from '../../app/letters/place-in-line.ts'
import type { Desks } from '../desks.ts'
import { type Env, refuse, send, serve } from '../door.ts'
import { readLimit, readPageCursor, writePageCursor } from '../query.ts'
import { sendReport } from './reports.ts'

export function findingRoutes(app: Hono<Env>, desks: Desks): void {
  const ground = desks.intake
  const projects = desks.projects
  /** Only to whom a rule of cases speaks: a token for findings alone learns of no case. */
  const placesFor = (who: Principal): PlacesOf =>
    rulesFor(who, 'list', 'case').length === 0 ? async () => new Map() : (home, ids) => placesOfFindings(projects, home, ids)
  sendReport(app, desks)
  serve(app, 'listReports', async (c, { principal }) =>
    send(c, done(presentAccount({ rows: await listReports(ground, principal) }))),
  )
  serve(app, 'readReport', async (c, { principal }) => send(c, await readReport(ground, principal, c.req.param('id') ?? '')))
  serve(app, 'readReceipt', async (c) =>
    send(c, await readReceipt(ground, c.req.param('receipt') ?? '', desks.config.ledgerIntervalSeconds)),
  )
  serve(app, 'proveReceipt', async (c) => send(c, await proveReceipt(ground, desks.ledger, c.req.param('receipt') ?? '')))
  serve(app, 'listFindings', async (c, { principal }) => {
    const before = readPageCursor(c.req.query('cursor'))
    if (before === undefined)
      return refuse(c, { ok: false, code: 'request.invalid', where: 'cursor', say: 'The cursor is not one of this list.' })
    const page = { before, limit: readLimit(c.req.query('limit')), report: c.req.query('report') ?? null }
    const { rows, next } = await listFindings(ground, principal, page, placesFor(principal))
    return send(c, done(presentAccount({ rows, next: next === null ? null : writePageCursor(next) })))
  })
  serve(app, 'readFinding', async (c, { principal }) => {
    const finding = parseId('finding', c.req.param('id') ?? '')
    const found =
      finding === null
        ? []
        : (await listFindings(ground, principal, { before: null, limit: 1, report: null, finding }, placesFor(principal))).rows
    return send(c, found[0] === undefined ? NOT_FOUND : done(found[0]))
  })
  serve(app, 'releaseFinding', async (c, { principal }) =>
    send(c, await releaseFinding(ground, principal, c.req.param('id') ?? '')),
  )
}
