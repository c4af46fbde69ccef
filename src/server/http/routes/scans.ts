import type { Context, Hono } from 'hono'
import {
  ActClaim,
  AddCertificate,
  AddOptOut,
  AddScanRequest,
  AddScanRoute,
  MakeClaim,
  TakeScanRequest,
} from '../../../contract/shapes/scan.ts'
import { type Answer, done } from '../../app/answer.ts'
import { actClaim } from '../../app/scans/act-claim.ts'
import { addCertificate, listCertificates } from '../../app/scans/certificates.ts'
import { readCoverage } from '../../app/scans/coverage.ts'
import { listClaims, readContact } from '../../app/scans/list-claims.ts'
import { type Made, makeClaim } from '../../app/scans/make-claim.ts'
import { addOptOut, listOptOuts } from '../../app/scans/opt-outs.ts'
import { proveEntry } from '../../app/scans/prove-entry.ts'
import { openScanDesk } from '../../app/scans/scan-desk.ts'
import { scanFeed } from '../../app/scans/scan-feed.ts'
import { addScanRequest, listScanRequests, takeScanRequest } from '../../app/scans/scan-requests.ts'
import { addScanRoute, listScanRoutes } from '../../app/scans/scan-routes.ts'
import type { Desks } from '../desks.ts'
import { type Env, readBody, refuse, send, serve } from '../door.ts'
import { readLimit, readPageCursor, writePageCursor } from '../query.ts'

/** Claims, opt-outs, routes, requests and certificates of scans, the map of coverage and the public feed. */
export function scanRoutes(app: Hono<Env>, desks: Desks): void {
  const desk = openScanDesk(desks.intake)
  const feed = scanFeed(desk)
  const id = (c: Context<Env>) => c.req.param('id') ?? ''
  const target = (c: Context<Env>) => c.req.query('target') || null
  /** A claim that a key had made before is shown as it stands: nothing was created. */
  const made = (c: Context<Env>, answer: Answer<Made>) =>
    answer.ok ? send(c, done(answer.value.claim), answer.value.repeated ? 200 : 201) : refuse(c, answer)

  serve(app, 'makeClaim', async (c, { principal }) => {
    const body = await readBody(c, MakeClaim)
    return body.ok ? made(c, await makeClaim(desk, principal, body.value)) : refuse(c, body)
  })
  serve(app, 'listClaims', async (c, { principal }) => {
    const before = readPageCursor(c.req.query('cursor'))
    if (before === undefined)
      return refuse(c, { ok: false, code: 'request.invalid', where: 'cursor', say: 'The cursor is not one of this list.' })
    return send(c, await listClaims(desk, principal, { before, limit: readLimit(c.req.query('limit')) }, writePageCursor))
  })
  serve(app, 'actClaim', async (c, { principal }) => {
    const body = await readBody(c, ActClaim)
    return body.ok ? send(c, await actClaim(desk, principal, id(c), body.value)) : refuse(c, body)
  })
  serve(app, 'readContact', async (c, { principal }) =>
    send(c, await readContact(desk, principal, c.req.param('contact') ?? '')),
  )
  serve(app, 'listOptOuts', async (c, { principal }) => send(c, await listOptOuts(desk, principal, target(c))))
  serve(app, 'addOptOut', async (c, { principal }) => {
    const body = await readBody(c, AddOptOut)
    return body.ok ? send(c, await addOptOut(desk, principal, body.value), 201) : refuse(c, body)
  })
  serve(app, 'listScanRoutes', async (c, { principal }) => send(c, await listScanRoutes(desk, principal, target(c))))
  serve(app, 'addScanRoute', async (c, { principal }) => {
    const body = await readBody(c, AddScanRoute)
    return body.ok ? send(c, await addScanRoute(desk, principal, body.value), 201) : refuse(c, body)
  })
  serve(app, 'listScanRequests', async (c, { principal }) => send(c, await listScanRequests(desk, principal)))
  serve(app, 'addScanRequest', async (c, { principal }) => {
    const body = await readBody(c, AddScanRequest)
    return body.ok ? send(c, await addScanRequest(desk, principal, body.value), 201) : refuse(c, body)
  })
  serve(app, 'takeScanRequest', async (c, { principal }) => {
    const body = await readBody(c, TakeScanRequest)
    return body.ok ? made(c, await takeScanRequest(desk, principal, id(c), body.value)) : refuse(c, body)
  })
  serve(app, 'listCertificates', async (c, { principal }) => send(c, await listCertificates(desk, principal, target(c))))
  serve(app, 'addCertificate', async (c, { principal }) => {
    const body = await readBody(c, AddCertificate)
    return body.ok ? send(c, await addCertificate(desk, principal, body.value), 201) : refuse(c, body)
  })
  serve(app, 'coverage', async (c, { principal }) => send(c, await readCoverage(desk, principal)))
  serve(app, 'proveScanEntry', async (c, { principal }) => send(c, await proveEntry(desk, desks.ledger, principal, id(c))))
  serve(app, 'scanFeed', async (c, { principal }) => {
    c.header('cache-control', 'public, max-age=60')
    return send(c, await feed(principal))
  })
}
