import type { Context, Hono } from 'hono'
import { JobProgress, JobResult, LeaseCommand, RegisterRunner } from '../../../contract/shapes/validation.ts'
import { leaseJob } from '../../app/validation/lease-job.ts'
import { listRunners, registerRunner } from '../../app/validation/register-runner.ts'
import { takeResult } from '../../app/validation/take-result.ts'
import { putJobLog, readJobInput, tellProgress } from '../../app/validation/work-on-job.ts'
import type { Desks } from '../desks.ts'
import { type Env, readBody, refuse, send, sendBytes, serve } from '../door.ts'

/** An outcome of many runs, and what was made on the way. */
const LARGEST_RESULT = 64 << 20

/** What runners ask: who they are, the next job, and the inputs and the end of the one they hold. */
export function jobRoutes(app: Hono<Env>, desks: Desks): void {
  const desk = desks.validation
  const id = (c: Context<Env>) => c.req.param('id') ?? ''
  const lease = (c: Context<Env>) => c.req.query('lease') ?? ''
  serve(app, 'listRunners', async (c, { principal }) => send(c, await listRunners(desk, principal)))
  serve(app, 'registerRunner', async (c, { principal }) => {
    const body = await readBody(c, RegisterRunner)
    return body.ok ? send(c, await registerRunner(desk, principal, body.value)) : refuse(c, body)
  })
  serve(app, 'leaseJob', async (c, { principal }) => {
    const body = await readBody(c, LeaseCommand)
    return body.ok ? send(c, await leaseJob(desk, principal, body.value, c.req.raw.signal)) : refuse(c, body)
  })
  serve(app, 'readJobInput', async (c, { principal }) =>
    sendBytes(c, await readJobInput(desk, principal, id(c), c.req.param('digest') ?? '', lease(c))),
  )
  serve(app, 'jobProgress', async (c, { principal }) => {
    const body = await readBody(c, JobProgress)
    return body.ok ? send(c, await tellProgress(desk, principal, id(c), body.value)) : refuse(c, body)
  })
  serve(app, 'putJobLog', async (c, { principal }) =>
    send(c, await putJobLog(desk, principal, id(c), lease(c), c.req.raw.body)),
  )
  serve(app, 'jobResult', async (c, { principal }) => {
    const body = await readBody(c, JobResult, LARGEST_RESULT)
    return body.ok ? send(c, await takeResult(desk, principal, id(c), body.value)) : refuse(c, body)
  })
}
