import type { Context, Hono } from 'hono'
import { ActAction, AssetTags, PatchedIn, SetRule } from '../../../contract/shapes/exposure.ts'
import { DISTRIBUTION_NAMES, type Distribution, parseDistribution } from '../../../core/exposure/distribution.ts'
import { type Denied, denied } from '../../app/answer.ts'
import { actAction } from '../../app/exposure/action-act.ts'
import { listActions, readAction } from '../../app/exposure/action-list.ts'
import { addInventory } from '../../app/exposure/inventory-add.ts'
import { checkInventory } from '../../app/exposure/inventory-check.ts'
import { dropInventory, tagInventory } from '../../app/exposure/inventory-edit.ts'
import { listInventories, readInventory } from '../../app/exposure/inventory-views.ts'
import { exposureWhy } from '../../app/exposure/inventory-why.ts'
import { exposureReport } from '../../app/exposure/obligation-report.ts'
import { readRule, setRule } from '../../app/exposure/obligation-rule-edit.ts'
import { readUptake, reportPatched } from '../../app/exposure/obligation-uptake.ts'
import { exposureStated } from '../../app/exposure/obligation-vex.ts'
import { addOwnVex, dropOwnVex } from '../../app/exposure/own-vex-add.ts'
import { listOwnVex } from '../../app/exposure/own-vex-list.ts'
import { caseUptake } from '../../app/exposure/uptake-case.ts'
import type { Desks } from '../desks.ts'
import { type Env, readBody, refuse, send, sendBytes, serve } from '../door.ts'
import { readLimit } from '../query.ts'

const LONG_BODY = 1 << 20
const KEY = /^[\x21-\x7e]{1,200}$/
const TAGS = Object.keys(AssetTags.shape)
const NO_BODY = denied('request.invalid', 'The request has no body: send the file itself.')

/** Inventories and what is owed about them, for operators of the own organisation; counts of what is patched. */
export function exposureRoutes(app: Hono<Env>, desks: Desks): void {
  const desk = desks.exposure
  const id = (c: Context<Env>) => c.req.param('id') ?? ''
  const page = (c: Context<Env>) => ({ limit: readLimit(c.req.query('limit')), after: c.req.query('cursor') || null })
  const name = (c: Context<Env>) => c.req.query('name')?.slice(0, 500) ?? null

  serve(app, 'addInventory', async (c, { principal }) => {
    const tags = tagsOf(c)
    if (tags !== null && 'ok' in tags) return refuse(c, tags)
    const { body } = c.req.raw
    if (body === null) return refuse(c, NO_BODY)
    const distribution = distributionOf(c)
    if (distribution !== null && 'ok' in distribution) return refuse(c, distribution)
    const given = { asset: c.req.query('asset') ?? '', tags, name: name(c), distribution, source: body }
    return send(c, await addInventory(desk, principal, given), 201)
  })
  serve(app, 'listInventories', async (c, { principal }) => send(c, await listInventories(desk, principal, page(c))))
  serve(app, 'readInventory', async (c, { principal }) => send(c, await readInventory(desk, principal, id(c))))
  serve(app, 'tagInventory', async (c, { principal }) => {
    const body = await readBody(c, AssetTags)
    return body.ok ? send(c, await tagInventory(desk, principal, id(c), body.value)) : refuse(c, body)
  })
  serve(app, 'dropInventory', async (c, { principal }) => send(c, await dropInventory(desk, principal, id(c))))
  serve(app, 'checkExposure', async (c, { principal }) => {
    const exposure = AssetTags.shape.exposure.safeParse(c.req.query('exposure') ?? null)
    if (!exposure.success) return refuse(c, denied('request.invalid', 'It is public or internal.', 'exposure'))
    const { body } = c.req.raw
    if (body === null) return refuse(c, NO_BODY)
    const distribution = distributionOf(c)
    if (distribution !== null && 'ok' in distribution) return refuse(c, distribution)
    const given = { name: name(c), exposure: exposure.data, distribution, source: body }
    return send(c, await checkInventory(desk, principal, given))
  })
  serve(app, 'exposureWhy', async (c, { principal }) => {
    const { component = '', flaw = '' } = c.req.query()
    return send(c, await exposureWhy(desk, principal, { component, flaw }))
  })

  serve(app, 'listActions', async (c, { principal }) =>
    send(c, await listActions(desk, principal, { ...page(c), standing: c.req.query('standing') ?? null })),
  )
  serve(app, 'readAction', async (c, { principal }) => send(c, await readAction(desk, principal, id(c))))
  serve(app, 'actAction', async (c, { principal }) => {
    const key = c.req.header('idempotency-key') ?? null
    if (key !== null && !KEY.test(key))
      return refuse(c, denied('request.invalid', 'A key has 1 to 200 printable ASCII characters.', 'Idempotency-Key'))
    const body = await readBody(c, ActAction, LONG_BODY)
    return body.ok ? send(c, await actAction(desk, principal, id(c), body.value, key)) : refuse(c, body)
  })

  serve(app, 'readRule', async (c, { principal }) => send(c, await readRule(desk, principal)))
  serve(app, 'setRule', async (c, { principal }) => {
    const body = await readBody(c, SetRule, LONG_BODY)
    return body.ok ? send(c, await setRule(desk, principal, body.value)) : refuse(c, body)
  })
  serve(app, 'sendOwnVex', async (c, { principal }) => {
    const { body } = c.req.raw
    if (body === null) return refuse(c, NO_BODY)
    return send(c, await addOwnVex(desk, principal, { name: name(c), source: body }), 201)
  })
  serve(app, 'listOwnVex', async (c, { principal }) => send(c, await listOwnVex(desk, principal)))
  serve(app, 'dropOwnVex', async (c, { principal }) => send(c, await dropOwnVex(desk, principal, id(c))))
  serve(app, 'exposureStated', async (c, { principal }) => {
    const format = c.req.query('format') ?? 'cyclonedx'
    if (format !== 'cyclonedx' && format !== 'openvex')
      return refuse(c, denied('request.invalid', 'It is cyclonedx or openvex.', 'format'))
    return sendBytes(c, await exposureStated(desk, principal, format))
  })
  serve(app, 'exposureReport', async (c, { principal }) => {
    const format = c.req.query('format') ?? 'json'
    if (format !== 'csv' && format !== 'json') return refuse(c, denied('request.invalid', 'It is csv or json.', 'format'))
    return sendBytes(c, await exposureReport(desk, principal, format))
  })
  serve(app, 'exposureUptake', async (c, { principal }) => send(c, await readUptake(desk, principal)))
  serve(app, 'reportPatched', async (c, { principal }) => {
    const body = await readBody(c, PatchedIn)
    return body.ok ? send(c, await reportPatched(desk, principal, body.value)) : refuse(c, body)
  })
  serve(app, 'caseUptake', async (c, { principal }) => send(c, await caseUptake(desks.cases, desk.known, principal, id(c))))
}

/** The distribution in the query, of packages that do not say it; null where none is said. */
function distributionOf(c: Context<Env>): Distribution | null | Denied {
  const said = c.req.query('distribution')
  if (said === undefined || said === '') return null
  const mend = `Give a distribution and its release, like debian:12. Known: ${DISTRIBUTION_NAMES.join(', ')}.`
  return parseDistribution(said) ?? denied('request.invalid', mend, 'distribution')
}

/** Tags in the query; null where none is said, so that an asset that is known keeps its own. */
function tagsOf(c: Context<Env>): AssetTags | null | Denied {
  const said = Object.fromEntries(TAGS.flatMap((tag) => (c.req.query(tag) === undefined ? [] : [[tag, c.req.query(tag)]])))
  if (Object.keys(said).length === 0) return null
  const read = AssetTags.safeParse(said)
  if (read.success) return read.data
  const [issue] = read.error.issues
  return denied('request.invalid', issue?.message ?? 'A tag is not what it may be.', String(issue?.path[0] ?? ''))
}
