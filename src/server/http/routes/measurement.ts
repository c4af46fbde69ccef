import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { Analyse, MarkAttempt, StartRunSet } from '../../../contract/shapes/measurement.ts'
import { analyse } from '../../app/measurement/analyse.ts'
import { importRunSet } from '../../app/measurement/import-run-set.ts'
import { listRunSets } from '../../app/measurement/list-run-sets.ts'
import { markAttempt } from '../../app/measurement/mark-attempt.ts'
import { isReportPart, readAnalysis, readBundle, readDocketReport } from '../../app/measurement/read-analysis.ts'
import { readRunSet } from '../../app/measurement/read-run-set.ts'
import { readTranscript } from '../../app/measurement/read-transcript.ts'
import { sendToIntake } from '../../app/measurement/send-to-intake.ts'
import { startRunSet } from '../../app/measurement/start-run-set.ts'
import { stopRunSet } from '../../app/measurement/stop-run-set.ts'
import type { Desks } from '../desks.ts'
import { type Env, readBody, refuse, send, sendBytes, serve } from '../door.ts'

const ToIntake = z.object({ item: z.string().min(1).max(60) })

/** Measurements of a docket: run sets, transcripts, figures, the report, and what goes on to intake. */
export function measurementRoutes(app: Hono<Env>, desks: Desks): void {
  const desk = desks.measurement
  const id = (c: Context<Env>) => c.req.param('id') ?? ''
  const run = (c: Context<Env>) => c.req.param('run') ?? ''
  serve(app, 'listRunSets', async (c, { principal }) => send(c, await listRunSets(desk, principal, id(c))))
  serve(app, 'startRunSet', async (c, { principal }) => {
    const body = await readBody(c, StartRunSet, 1 << 20)
    return body.ok ? send(c, await startRunSet(desk, principal, id(c), body.value), 201) : refuse(c, body)
  })
  serve(app, 'importRunSet', async (c, { principal }) => {
    const { name = '', remeasure = '' } = c.req.query()
    const wanted = { name: name.slice(0, 300), remeasure: remeasure === '1' }
    return send(c, await importRunSet(desk, principal, id(c), wanted, c.req.raw.body), 201)
  })
  serve(app, 'readRunSet', async (c, { principal }) => send(c, await readRunSet(desk, principal, id(c), run(c))))
  serve(app, 'stopRunSet', async (c, { principal }) => send(c, await stopRunSet(desk, principal, id(c), run(c))))
  serve(app, 'markAttempt', async (c, { principal }) => {
    const body = await readBody(c, MarkAttempt)
    return body.ok ? send(c, await markAttempt(desk, principal, id(c), run(c), body.value)) : refuse(c, body)
  })
  serve(app, 'readTranscript', async (c, { principal }) =>
    send(c, await readTranscript(desk, principal, id(c), run(c), c.req.param('n') ?? '')),
  )
  serve(app, 'analyse', async (c, { principal }) => {
    const body = await readBody(c, Analyse)
    return body.ok ? send(c, await analyse(desk, principal, id(c), body.value), 201) : refuse(c, body)
  })
  serve(app, 'readAnalysis', async (c, { principal }) => send(c, await readAnalysis(desk, principal, id(c))))
  serve(app, 'readBundle', async (c, { principal }) => sendBytes(c, await readBundle(desk, principal, id(c))))
  serve(app, 'readDocketReport', async (c, { principal }) => {
    const { page = 'report' } = c.req.query()
    if (!isReportPart(page))
      return refuse(c, { ok: false, code: 'request.invalid', where: 'page', say: 'Pages are: report, public, json.' })
    return sendBytes(c, await readDocketReport(desk, principal, id(c), page))
  })
  serve(app, 'toIntake', async (c, { principal }) => {
    const body = await readBody(c, ToIntake)
    if (!body.ok) return refuse(c, body)
    return send(c, await sendToIntake(desk, principal, id(c), body.value.item, desks.senderOf(principal)), 201)
  })
}
