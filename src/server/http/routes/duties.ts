import type { Context, Hono } from 'hono'
import { ActDuty, ActOwnDuty, AddOwnDuty, EditOwnDuty } from '../../../contract/shapes/duty.ts'
import { actDuty } from '../../app/duties/act-duty.ts'
import { actOwnDuty } from '../../app/duties/act-own-duty.ts'
import { addOwnDuty } from '../../app/duties/add-own-duty.ts'
import { dropOwnDuty } from '../../app/duties/drop-own-duty.ts'
import { dutyFiles } from '../../app/duties/duty-files.ts'
import { dutyHistory } from '../../app/duties/duty-history.ts'
import { editOwnDuty } from '../../app/duties/edit-own-duty.ts'
import { listDuties } from '../../app/duties/list-duties.ts'
import { listOwnDuties } from '../../app/duties/list-own-duties.ts'
import { proveDuty } from '../../app/duties/prove-duty.ts'
import type { Desks } from '../desks.ts'
import { type Env, readBody, refuse, send, sendBytes, serve } from '../door.ts'

/** The public duties with what is said of them, as list and as files, and what an organisation set itself. */
export function dutyRoutes(app: Hono<Env>, desks: Desks): void {
  const ground = desks.intake
  const file = dutyFiles(ground, desks.config.publicUrl === null ? 'localhost' : new URL(desks.config.publicUrl).hostname)
  const id = (c: Context<Env>) => c.req.param('id') ?? ''
  const duty = (c: Context<Env>) => (c.req.query('duty') ?? '').slice(0, 200)

  serve(app, 'listDuties', async (c, { principal }) => send(c, await listDuties(ground, principal)))
  serve(app, 'actDuty', async (c, { principal }) => {
    const body = await readBody(c, ActDuty)
    return body.ok ? send(c, await actDuty(ground, principal, body.value)) : refuse(c, body)
  })
  serve(app, 'dutyHistory', async (c, { principal }) => send(c, await dutyHistory(ground, principal, duty(c))))
  serve(app, 'proveDuty', async (c, { principal }) => send(c, await proveDuty(ground, desks.ledger, principal, duty(c))))
  for (const [name, as] of [
    ['dutyJson', 'json'],
    ['dutyCsv', 'csv'],
    ['dutyCalendar', 'ics'],
  ] as const)
    serve(app, name, async (c, { principal }) => {
      c.header('cache-control', 'public, max-age=60')
      return sendBytes(c, await file(principal, as))
    })

  serve(app, 'listOwnDuties', async (c, { principal }) => send(c, await listOwnDuties(ground, principal)))
  serve(app, 'addOwnDuty', async (c, { principal }) => {
    const body = await readBody(c, AddOwnDuty)
    return body.ok ? send(c, await addOwnDuty(ground, principal, body.value.duty), 201) : refuse(c, body)
  })
  serve(app, 'editOwnDuty', async (c, { principal }) => {
    const body = await readBody(c, EditOwnDuty)
    return body.ok ? send(c, await editOwnDuty(ground, principal, id(c), body.value)) : refuse(c, body)
  })
  serve(app, 'actOwnDuty', async (c, { principal }) => {
    const body = await readBody(c, ActOwnDuty)
    return body.ok ? send(c, await actOwnDuty(ground, principal, id(c), body.value)) : refuse(c, body)
  })
  serve(app, 'dropOwnDuty', async (c, { principal }) => send(c, await dropOwnDuty(ground, principal, id(c))))
}
