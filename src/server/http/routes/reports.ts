import type { Context, Hono } from 'hono'
import { stream } from 'hono/streaming'
import type { Counts } from '../../../contract/shapes/report.ts'
import { rulesFor } from '../../../core/access/permits.ts'
import { presentReceipt } from '../../../core/access/present/finding.ts'
import { presentItemAnswer } from '../../../core/access/present/report.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import type { FormatName } from '../../../formats/format.ts'
import { denied, done } from '../../app/answer.ts'
import { countOutcomes, type Received, receive } from '../../app/findings/receive.ts'
import { type Defaults, NO_DEFAULTS } from '../../app/findings/sender.ts'
import type { Taken } from '../../app/findings/take-in.ts'
import { Attempts } from '../../identity/attempts.ts'
import { clientAddress } from '../client-address.ts'
import type { Desks } from '../desks.ts'
import { type Env, refuse, send, serve } from '../door.ts'
import { itemsTaken } from '../metrics.ts'

const FORMATS: readonly FormatName[] = ['weir', 'weir-ndjson', 'sarif', 'osv', 'ghsa', 'cve', 'crash-log']
const KEY = /^[\x21-\x7e]{1,200}$/

/** Limits of one upload: an account may send files of any sensible size, a stranger a few reports by hand. */
const LIMITS = {
  account: { bytes: 8 * 2 ** 30, items: 10_000_000 },
  stranger: { bytes: 32 << 20, items: 500 },
}

// Each upload opens a row, so strangers get no more of them than a person can fill in.
const TOO_MANY = denied('quota.exceeded', 'Not stored. Too many uploads without an account from this address; wait a minute.')

export function sendReport(app: Hono<Env>, desks: Desks): void {
  const strangers = new Attempts(desks.intake.clock, { burst: 200, perSecond: 1 })
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
    if (sender.anonymous && !strangers.take(clientAddress(c, desks.config.publicUrl !== null))) return refuse(c, TOO_MANY)
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
    return (c.req.header('accept') ?? '').includes('application/x-ndjson')
      ? answerInLines(c, desks, caller.principal, received.value)
      : await answerWhole(c, caller.principal, received.value)
  })
}

const LISTED = 20_000

/** What is known of an upload when it has ended. */
class Sum {
  counts: Counts = { accepted: 0, repeated: 0, merged: 0, needsInfo: 0, refused: 0 }
  readonly #groups = new Set<string>()

  add(batch: readonly Taken[]): void {
    this.counts = countOutcomes(this.counts, batch)
    for (const { group, answer } of batch) {
      if (group !== null) this.#groups.add(group)
      itemsTaken.inc({ outcome: answer.outcome })
    }
  }

  /** To a sender the groups among their own items; what grouping with others says is not theirs to count. */
  tail(principal: Principal) {
    const flaws = rulesFor(principal, 'list', 'finding').length > 0 ? this.#groups.size : 0
    return { counts: this.counts, flaws, complete: true }
  }
}

const headOf = ({ report }: Received) => ({
  report: report.id,
  format: report.format,
  receivedAt: formatInstant(instant(report.receivedAt)),
})

/**
 * `application/x-ndjson`: a line per item as soon as it is stored, and a summary. An answer without its summary was cut: what
 * has no line was not acknowledged.
 */
function answerInLines(c: Context<Env>, desks: Desks, principal: Principal, received: Received): Response {
  c.header('content-type', 'application/x-ndjson')
  const head = headOf(received)
  const write = async (out: { write(text: string): Promise<unknown> }) => {
    const sum = new Sum()
    await out.write(`${JSON.stringify({ type: 'report', ...head })}\n`)
    for await (const batch of received.answers) {
      sum.add(batch)
      if (batch.length > 0) {
        await out.write(
          batch.map(({ answer }) => `${JSON.stringify({ type: 'item', ...presentItemAnswer(answer) })}\n`).join(''),
        )
      }
    }
    await out.write(`${JSON.stringify({ type: 'summary', ...head, ...sum.tail(principal) })}\n`)
  }
  return stream(c, write, async (error) => {
    desks.log.error(
      { trace: c.get('caller').trace, error: error.name, code: (error as { code?: string }).code },
      'an upload was cut',
    )
    // End the connection without its end, so that nobody takes half an answer for a whole one.
    throw error
  })
}

/**
 * `application/json`: one object when all is stored. Browsers read no answer before their upload has ended, so nothing may be
 * written until then; beyond the first 20,000 items only the counts are told.
 */
async function answerWhole(c: Context<Env>, principal: Principal, received: Received): Promise<Response> {
  const sum = new Sum()
  const items: ReturnType<typeof presentItemAnswer>[] = []
  for await (const batch of received.answers) {
    sum.add(batch)
    for (const { answer } of batch.slice(0, LISTED - items.length)) items.push(presentItemAnswer(answer))
  }
  return send(c, done(presentReceipt({ ...headOf(received), items, ...sum.tail(principal) })))
}

const FLAGS = new Map([
  ['yes', true],
  ['no', false],
  ['true', true],
  ['false', false],
])

function defaultsOf(c: Context<Env>): Defaults {
  const text = (name: string) => c.req.query(name)?.slice(0, 500) || null
  const flag = (name: string) => FLAGS.get(c.req.query(name) ?? '') ?? null
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
