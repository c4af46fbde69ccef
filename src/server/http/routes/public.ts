import type { Hono } from 'hono'
import { presentPublic } from '../../../core/access/present/public.ts'
import { TERMS_SCHEMA } from '../../../core/cases/terms/terms-shape.ts'
import { POLICY_SCHEMA } from '../../../core/exposure/directives/policy/policy-shape.ts'
import { REPORT_SCHEMA } from '../../../formats/weir/report-schema.ts'
import { CHECKPOINT_PATH, parseTilePath } from '../../../ledger/tile.ts'
import { done, NOT_FOUND } from '../../app/answer.ts'
import { readTally } from '../../app/public/tally.ts'
import type { Desks } from '../desks.ts'
import { type Env, refuse, send, serve } from '../door.ts'
import { metricsText } from '../metrics.ts'
import { openApi } from '../openapi.ts'

/** What needs no account: counts, the log, schemas, and how to reach us. */
export function publicRoutes(app: Hono<Env>, desks: Desks): void {
  serve(app, 'tally', async (c) => send(c, done(presentPublic(await readTally(desks.intake, desks.ledger, desks.config)))))
  serve(app, 'checkpoint', async (c) => {
    const bytes = await desks.ledger.read(CHECKPOINT_PATH)
    return bytes === null
      ? refuse(c, NOT_FOUND)
      : c.body(bytes as never, 200, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-cache' })
  })
  serve(app, 'tile', async (c) => {
    const path = `tile/${c.req.param('path') ?? ''}`
    // Parsed first: only paths of tiles and bundles ever reach the folder.
    const bytes = parseTilePath(path) === null ? null : await desks.ledger.read(path)
    const forever = path.includes('.p/') ? 'no-cache' : 'public, max-age=31536000, immutable'
    return bytes === null
      ? refuse(c, NOT_FOUND)
      : c.body(bytes as never, 200, { 'content-type': 'application/octet-stream', 'cache-control': forever })
  })
  serve(app, 'termsSchema', (c) =>
    c.json({ ...TERMS_SCHEMA, $id: `${desks.projects.site}/schemas/project-terms/1` }, 200, {
      'content-type': 'application/schema+json',
    }),
  )
  serve(app, 'reportSchema', (c) => c.json(REPORT_SCHEMA as object, 200, { 'content-type': 'application/schema+json' }))
  serve(app, 'policySchema', (c) => c.json(POLICY_SCHEMA as object, 200, { 'content-type': 'application/schema+json' }))
  serve(app, 'openapi', (c) => c.json(openApi(desks.config)))
  serve(app, 'securityTxt', (c) => c.text(securityTxt(desks)))
  serve(app, 'health', (c) => c.text('ok\n'))
  serve(app, 'ready', async (c) =>
    (await desks.ready()) ? c.text('ready\n') : refuse(c, { ok: false, code: 'server.starting' }),
  )
  serve(app, 'metrics', async (c) =>
    desks.config.metricsPublic || desks.config.publicUrl === null ? c.text(await metricsText()) : refuse(c, NOT_FOUND),
  )
}

/** RFC 9116; the expiry is a year after the hour it is asked, as the file is made on the fly. */
function securityTxt({ config, intake }: Desks): string {
  const expires = new Date(intake.clock() + 364 * 86_400_000)
  expires.setUTCMinutes(0, 0, 0)
  const site = config.publicUrl ?? `http://localhost:${config.port}`
  return [
    `Contact: ${site}/report`,
    `Contact: ${config.contact}`,
    `Expires: ${expires.toISOString()}`,
    `Canonical: ${site}/.well-known/security.txt`,
    'Preferred-Languages: en',
    '',
  ].join('\n')
}
