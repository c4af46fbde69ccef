import type { Hono } from 'hono'
import { FEED_KINDS, type FeedKind } from '../../../formats/known/known-entry.ts'
import { readKnownFlaw } from '../../app/exposure/known-flaw.ts'
import { importKnown, OWN_FEED } from '../../app/exposure/known-import.ts'
import { listRecords } from '../../app/exposure/known-list.ts'
import type { Desks } from '../desks.ts'
import { type Env, refuse, send, serve } from '../door.ts'

const WHOLE = new Map([
  ['yes', true],
  ['no', false],
])
const NAME = /^[^\p{C}\p{Z}/\\](?:[^\p{C}]{0,198}[^\p{C}\p{Z}])?$/u

/** What other people's databases say of flaws: brought as files, read by whoever works here. */
export function knownRoutes(app: Hono<Env>, desks: Desks): void {
  const { known } = desks

  serve(app, 'sendRecords', async (c, { principal }) => {
    const kind = c.req.query('kind') ?? null
    if (kind !== null && !FEED_KINDS.includes(kind as FeedKind))
      return refuse(c, { ok: false, code: 'request.invalid', where: 'kind', say: `Kinds: ${FEED_KINDS.join(', ')}.` })
    const whole = c.req.query('whole') ?? null
    if (whole !== null && !WHOLE.has(whole))
      return refuse(c, { ok: false, code: 'request.invalid', where: 'whole', say: 'It is yes or no.' })
    const feed = c.req.query('name') ?? kind
    if (feed === null || !NAME.test(feed) || feed === OWN_FEED)
      return refuse(c, {
        ok: false,
        code: 'request.invalid',
        where: 'name',
        say: 'The name of the file, 1 to 200 characters: a later file of that name takes its place.',
      })
    if (c.req.raw.body === null)
      return refuse(c, { ok: false, code: 'request.invalid', say: 'The request has no body: send the file itself.' })
    const file = { source: c.req.raw.body, feed, kind: kind as FeedKind | null, whole: WHOLE.get(whole ?? '') ?? null }
    return send(c, await importKnown(known, principal, file))
  })
  serve(app, 'listRecords', async (c, { principal }) => send(c, await listRecords(known, principal)))
  serve(app, 'readKnownFlaw', (c, { principal }) => send(c, readKnownFlaw(known, principal, c.req.param('id') ?? '')))
}
