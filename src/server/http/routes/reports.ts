import type { Context, Hono } from 'hono'
import { stream } from 'hono/streaming'
import type { Counts } from '../../../contract/shapes/report.ts'
import { rulesFor } from '../../../core/access/permits.ts'
import { presentItemAnswer } from '../../../core/access/present/report.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import type { FormatName } from '../../../formats/format.ts'
import { countOutcomes, type Received, receive } from '../../app/findings/receive.ts'
import { type Defaults, NO_DEFAULTS } from '../../app/findings/sender.ts'
import type { Desks } from '../desks.ts'
import { type Env, refuse, serve } from '../door.ts'

const FORMATS: readonly FormatName[] = ['weir', 'weir-ndjson', 'sarif', 'osv', 'ghsa', 'cve', 'crash-log']
const KEY = /^[\x21-\x7e]{1,200}$/

/** Limits of one upload: an account may send files of any sensible size, a stranger a few reports by hand. */
const LIMITS = {
  account: { bytes: 8 * 2 ** 30, items: 10_000_000 },
  stranger: { bytes: 32 << 20, items: 500 },
}

export function sendReport(app: Hono<Env>, desks: Desks): void {
  serve(app, 'sendReport', async (c, caller) => {
    const format = c.req.query('format') ?? null
    if (format !== null && !FORMATS.includes(format as FormatName)) {
      return refuse(c, { ok: false, code: 'request.invalid', where: 'format', say: `Formats: ${FORMATS.join(', ')}.` })
    }
    const key = c.req.header('idempotency-key') ?? Buffer.from(desks.intake.random(18)).toString('base64url')
    if (!KEY.test(key))
      return refuse(c, {
        ok: false,
        code: 'request.invalid',
        where: 'Idempotency-Key',
        say: 'A key has 1 to 200 printable ASCII characters.',
      })
    if (c.req.raw.body === null)
      return refuse(c, { ok: false, code: 'request.invalid', say: 'The request has no body: send the file itself.' })
    const sender = desks.senderOf(caller.principal)
    const limits = sender.anonymous ? LIMITS.stranger : LIMITS.account
    const received = await receive(
      desks.intake,
      sender,
      {
        source: c.req.raw.body,
        name: c.req.query('name')?.slice(0, 500) ?? null,
        key,
        format: format as FormatName | null,
        defaults: defaultsOf(c),
        limit: limits.bytes,
        mostItems: limits.items,
      },
      desks.macs,
      desks.progress,
    )
    if (!received.ok) return refuse(c, received)
    return answerAsStream(c, desks, caller.principal, received.value)
  })
}

/**
 * Answers while it reads: an object with the items (`application/json`), or a line per item and a summary (`application/x-ndjson`).
 * Every line was stored before it was written. An answer without its end was cut: what has no line was not acknowledged.
 */
function answerAsStream(c: Context<Env>, desks: Desks, principal: Principal, { report, answers }: Received): Response {
  const lines = (c.req.header('accept') ?? '').includes('application/x-ndjson')
  c.header('content-type', lines ? 'application/x-ndjson' : 'application/json')
  const head = { report: report.id, format: report.format, receivedAt: formatInstant(instant(report.receivedAt)) }
  return stream(
    c,
    async (out) => {
      let counts: Counts = { accepted: 0, repeated: 0, merged: 0, needsInfo: 0, refused: 0 }
      const groups = new Set<string>()
      await out.write(
        lines ? `${JSON.stringify({ ...head, type: 'report' })}\n` : `${JSON.stringify(head).slice(0, -1)},"items":[`,
      )
      let first = true
      for await (const batch of answers) {
        counts = countOutcomes(counts, batch)
        for (const { group } of batch) if (group !== null) groups.add(group)
        const texts = batch.map(({ answer }) =>
          JSON.stringify(lines ? { type: 'item', ...presentItemAnswer(answer) } : presentItemAnswer(answer)),
        )
        if (texts.length > 0) await out.write(lines ? `${texts.join('\n')}\n` : `${first ? '' : ','}${texts.join(',')}`)
        if (texts.length > 0) first = false
      }
      // To a sender the groups among their own items; what grouping with others says is not theirs to count.
      const flaws = rulesFor(principal, 'list', 'finding').length > 0 ? groups.size : 0
      const tail = { counts, flaws, complete: true }
      await out.write(
        lines ? `${JSON.stringify({ type: 'summary', ...head, ...tail })}\n` : `],${JSON.stringify(tail).slice(1)}`,
      )
    },
    async (error) => {
      desks.log.error({ trace: c.get('caller').trace, error: (error as Error).name }, 'an upload was cut')
      // End the connection without its end, so that nobody takes half an answer for a whole one.
      throw error
    },
  )
}

function defaultsOf(c: Context<Env>): Defaults {
  const text = (name: string) => c.req.query(name)?.slice(0, 500) || null
  const flag = (name: string) => ({ yes: true, no: false, true: true, false: false })[c.req.query(name) ?? ''] ?? null
  return {
    ...NO_DEFAULTS,
    target: text('target'),
    version: text('version'),
    tool: text('tool'),
    toolVersion: text('toolVersion'),
    model: text('model'),
    modelVersion: text('modelVersion'),
    humanValidated: flag('humanValidated'),
    aiAssisted: flag('aiAssisted'),
  }
}
