import type { Hono } from 'hono'
import { ActEdgeDevice, PutEdgeDevice } from '../../../contract/shapes/edge-device.ts'
import { denied } from '../../app/answer.ts'
import { actEdgeDevice, dropEdgeDevice, putDevice } from '../../app/exposure/edge-act.ts'
import { edgeDevicesCsv } from '../../app/exposure/edge-csv.ts'
import { listEdgeDevices } from '../../app/exposure/edge-list.ts'
import type { Desks } from '../desks.ts'
import { type Env, readBody, refuse, send, sendBytes, serve } from '../door.ts'
import { readLimit } from '../query.ts'

/** Devices at the edge of a network: what is due of them and of the organisation, for operators of the own organisation. */
export function edgeDeviceRoutes(app: Hono<Env>, { exposure: desk }: Desks): void {
  serve(app, 'listEdgeDevices', async (c, { principal }) => {
    const format = c.req.query('format') ?? 'json'
    if (format !== 'csv' && format !== 'json') return refuse(c, denied('request.invalid', 'It is csv or json.', 'format'))
    if (format === 'csv') return sendBytes(c, await edgeDevicesCsv(desk, principal))
    const page = { limit: readLimit(c.req.query('limit')), after: c.req.query('cursor') || null }
    return send(c, await listEdgeDevices(desk, principal, page))
  })
  serve(app, 'putEdgeDevice', async (c, { principal }) => {
    const body = await readBody(c, PutEdgeDevice)
    return body.ok ? send(c, await putDevice(desk, principal, body.value)) : refuse(c, body)
  })
  serve(app, 'actEdgeDevice', async (c, { principal }) => {
    const body = await readBody(c, ActEdgeDevice)
    return body.ok ? send(c, await actEdgeDevice(desk, principal, c.req.param('id') ?? '', body.value)) : refuse(c, body)
  })
  serve(app, 'dropEdgeDevice', async (c, { principal }) =>
    send(c, await dropEdgeDevice(desk, principal, c.req.param('id') ?? '')),
  )
}
