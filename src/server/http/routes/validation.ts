import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { StartValidation, VALIDATION_STATES } from '../../../contract/shapes/validation.ts'
import { presentAccount } from '../../../core/access/present/public.ts'
import { done } from '../../app/answer.ts'
import { addEvidence } from '../../app/validation/add-evidence.ts'
import { addTarget } from '../../app/validation/add-target.ts'
import { askFindingValidation, askFlawValidation } from '../../app/validation/ask-validation.ts'
import { readFlawProof } from '../../app/validation/flaw-proof.ts'
import { listTargets, readTarget } from '../../app/validation/list-targets.ts'
import { listValidations } from '../../app/validation/list-validations.ts'
import { proveValidation } from '../../app/validation/prove-validation.ts'
import { readProduct, readStatement, readValidation, readValidationLog } from '../../app/validation/read-validation.ts'
import { setRecipe } from '../../app/validation/set-recipe.ts'
import { stopValidation } from '../../app/validation/stop-validation.ts'
import type { Desks } from '../desks.ts'
import { type Env, readBody, refuse, send, sendBytes, serve } from '../door.ts'
import { readLimit, readPageCursor, writePageCursor } from '../query.ts'

/** Targets, evidence, and validations as finders and coordinators see them. */
export function validationRoutes(app: Hono<Env>, desks: Desks): void {
  const desk = desks.validation
  const id = (c: Context<Env>) => c.req.param('id') ?? ''
  serve(app, 'listTargets', async (c, { principal }) => send(c, await listTargets(desk, principal)))
  serve(app, 'addTarget', async (c, { principal }) => {
    const { name = '', kind = 'archive', revision, purl, introducedAfter } = c.req.query()
    const wanted = { name: name.slice(0, 300), kind, revision: revision || null, purl: purl || null }
    const target = { ...wanted, introducedAfter: introducedAfter || null }
    return send(c, await addTarget(desk, principal, target, c.req.raw.body), 201)
  })
  serve(app, 'readTarget', async (c, { principal }) => send(c, await readTarget(desk, principal, id(c))))
  serve(app, 'setRecipe', async (c, { principal }) => {
    const body = await readBody(c, z.unknown())
    return body.ok ? send(c, await setRecipe(desk, principal, id(c), body.value)) : refuse(c, body)
  })
  serve(app, 'addEvidence', async (c, { principal }) => {
    const { kind = '', name = '', harness, fires, requests } = c.req.query()
    const wanted = {
      kind,
      name: name.slice(0, 300),
      harness: harness?.slice(0, 100) || null,
      fires: fires || null,
      requests: requests || null,
    }
    return send(c, await addEvidence(desk, principal, id(c), wanted, c.req.raw.body), 201)
  })
  serve(app, 'startValidation', async (c, { principal }) => {
    const body = await readBody(c, StartValidation)
    return body.ok ? send(c, await askFlawValidation(desk, principal, id(c), body.value), 201) : refuse(c, body)
  })
  serve(app, 'startFindingValidation', async (c, { principal }) => {
    const body = await readBody(c, StartValidation)
    return body.ok ? send(c, await askFindingValidation(desk, principal, id(c), body.value), 201) : refuse(c, body)
  })
  serve(app, 'readFlawProof', async (c, { principal }) => send(c, await readFlawProof(desk, principal, id(c))))
  serve(app, 'listValidations', async (c, { principal }) => {
    const { flaw, finding, state, cursor, limit } = c.req.query()
    const before = readPageCursor(cursor)
    if (before === undefined)
      return refuse(c, { ok: false, code: 'request.invalid', where: 'cursor', say: 'The cursor is not one of this list.' })
    const { rows, next } = await listValidations(desk, principal, {
      flaw: flaw || null,
      finding: finding || null,
      state: VALIDATION_STATES.find((one) => one === state) ?? null,
      before,
      limit: readLimit(limit),
    })
    return send(c, done(presentAccount({ rows, next: next === null ? null : writePageCursor(next) })))
  })
  serve(app, 'readValidation', async (c, { principal }) => send(c, await readValidation(desk, principal, id(c))))
  serve(app, 'stopValidation', async (c, { principal }) => send(c, await stopValidation(desk, principal, id(c))))
  serve(app, 'readValidationLog', async (c, { principal }) => sendBytes(c, await readValidationLog(desk, principal, id(c))))
  serve(app, 'readProduct', async (c, { principal }) =>
    sendBytes(c, await readProduct(desk, principal, id(c), c.req.param('digest') ?? '')),
  )
  serve(app, 'readStatement', async (c, { principal }) => send(c, await readStatement(desk, principal, id(c))))
  serve(app, 'proveValidation', async (c, { principal }) =>
    send(c, await proveValidation(desk, desks.ledger, principal, id(c))),
  )
}
