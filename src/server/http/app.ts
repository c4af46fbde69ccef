import { join, resolve } from 'node:path'
import { Hono } from 'hono'
import { placeIn } from '../place.ts'
import type { Desks } from './desks.ts'
import { type Env, refuse } from './door.ts'
import { guard, type Recognise } from './guard.ts'
import { answerSeconds, answersSent } from './metrics.ts'
import { servePages } from './pages.ts'
import { publicFiles } from './public-files.ts'
import { accountRoutes } from './routes/account.ts'
import { advisoryRoutes } from './routes/advisories.ts'
import { caseRoutes } from './routes/case.ts'
import { docketRoutes } from './routes/docket.ts'
import { dutyRoutes } from './routes/duties.ts'
import { edgeDeviceRoutes } from './routes/edge-devices.ts'
import { exposureRoutes } from './routes/exposure.ts'
import { findingRoutes } from './routes/findings.ts'
import { flawRoutes } from './routes/flaws.ts'
import { funnelRoutes } from './routes/funnel.ts'
import { jobRoutes } from './routes/jobs.ts'
import { knownRoutes } from './routes/known.ts'
import { letterRoutes } from './routes/letters.ts'
import { measurementRoutes } from './routes/measurement.ts'
import { projectRoutes } from './routes/projects.ts'
import { publicRoutes } from './routes/public.ts'
import { relayRoutes } from './routes/relay.ts'
import { scanRoutes } from './routes/scans.ts'
import { streamRoutes } from './routes/stream.ts'
import { validationRoutes } from './routes/validation.ts'
import { webhookRoutes } from './routes/webhooks.ts'

const WEB = resolve(import.meta.dirname, '../../../dist/web')

/** The whole HTTP door: guard first, then the routes of the table, then the page; whatever else is asked for is not found. */
export async function createApp(desks: Desks, recognise: Recognise): Promise<Hono<Env>> {
  const app = new Hono<Env>()
  app.use(async (c, next) => {
    const from = performance.now()
    await next()
    answersSent.inc({ method: c.req.method, status: `${Math.floor(c.res.status / 100)}xx` })
    answerSeconds.observe((performance.now() - from) / 1000)
  })
  app.use(publicFiles(desks.tree))
  app.use(guard({ recognise, hosts: hostsOf(desks.config), demo: desks.config.demo }))
  findingRoutes(app, desks)
  flawRoutes(app, desks)
  validationRoutes(app, desks)
  docketRoutes(app, desks)
  caseRoutes(app, desks)
  projectRoutes(app, desks)
  letterRoutes(app, desks)
  webhookRoutes(app, desks)
  funnelRoutes(app, desks)
  measurementRoutes(app, desks)
  advisoryRoutes(app, desks)
  relayRoutes(app, desks)
  scanRoutes(app, desks)
  dutyRoutes(app, desks)
  knownRoutes(app, desks)
  exposureRoutes(app, desks)
  edgeDeviceRoutes(app, desks)
  jobRoutes(app, desks)
  accountRoutes(app, desks)
  publicRoutes(app, desks)
  streamRoutes(app, desks)
  await servePages(app, join(WEB))
  app.notFound((c) => refuse(c, { ok: false, code: 'thing.not-found' }))
  app.onError((error, c) => {
    if (wentAway(error)) {
      desks.log.info({ trace: c.get('caller')?.trace }, 'a client went away')
      return refuse(c, { ok: false, code: 'request.invalid', say: 'Not stored: the request ended early.' })
    }
    // The name and the place only: a message may quote what somebody sent.
    desks.log.error({ trace: c.get('caller')?.trace, error: error.name, at: placeIn(error) }, 'internal error')
    return refuse(c, { ok: false, code: 'internal' })
  })
  return app
}

/** The other side closed its connection: nobody's fault here, and nobody is left to answer. */
function wentAway(error: Error & { code?: string }): boolean {
  return error.name === 'AbortError' || ['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE', 'ABORT_ERR'].includes(error.code ?? '')
}

function hostsOf({ port, publicUrl }: Desks['config']): string[] {
  const local = ['localhost', '127.0.0.1', '[::1]'].map((host) => `${host}:${port}`)
  return publicUrl === null ? local : [...local, new URL(publicUrl).host]
}
