import type { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { rulesFor } from '../../../core/access/permits.ts'
import { presentNotice } from '../../../core/access/present/notice.ts'
import { presentAccount } from '../../../core/access/present/public.ts'
import { done } from '../../app/answer.ts'
import type { Notice } from '../../notify/hub.ts'
import type { Desks } from '../desks.ts'
import { type Env, refuse, send, serve } from '../door.ts'

const MOST_LISTENERS = 500
/** Of one person: as many windows as anybody has, and not the room of everybody else. */
const MOST_OWN = 20
const BEAT_MS = 15_000
/** How long somebody is taken for who they were. */
const KNOWN_MS = 1000

/** Uploads under way, and the event stream that follows them. */
export function streamRoutes(app: Hono<Env>, desks: Desks): void {
  serve(app, 'intake', (c, { principal }) => {
    const all = rulesFor(principal, 'read', 'intake').some((rule) => rule.relation === 'any')
    const rows = desks.board.list(all ? null : principal.organisation)
    return send(
      c,
      done(
        presentAccount({
          rows: rows.flatMap(
            (row) => presentNotice(principal, { name: 'intake', organisation: row.organisation, body: row }) ?? [],
          ),
        }),
      ),
    )
  })

  const own = new Map<string, number>()
  serve(app, 'events', (c, { principal, again }) => {
    // Nobody reads the body of an answer to HEAD: a stream behind it would never end.
    if (c.req.method === 'HEAD') return streamSSE(c, async () => {})
    const who = principal.person ?? principal.organisation ?? ''
    const held = own.get(who) ?? 0
    if (desks.hub.size >= MOST_LISTENERS || held >= MOST_OWN)
      return refuse(c, { ok: false, code: 'server.unavailable', say: 'Too many event streams are open.' })
    own.set(who, held + 1)
    let isIn = true
    const leave = () => {
      if (!isIn) return
      isIn = false
      const left = (own.get(who) ?? 0) - 1
      if (left > 0) own.set(who, left)
      else own.delete(who)
    }
    return streamSSE(c, async (out) => {
      const waiting = new Map<string, string>()
      let wake = () => {}
      const stop = desks.hub.listen((notice: Notice) => {
        const body = presentNotice(principal, notice)
        if (body === null) return
        // One line per kind and report is enough: a slow reader gets the newest, never a backlog.
        waiting.set(`${notice.name} ${(notice.body as { report?: string }).report ?? ''}`, JSON.stringify(body))
        wake()
      })
      out.onAbort(() => {
        stop()
        leave()
        wake()
      })
      let known = performance.now()
      const first = JSON.stringify(principal)
      /** Whoever was put out, or given other roles, is told nothing more: the stream ends, and a new one is asked for. */
      const isSame = async () => {
        if (performance.now() - known < KNOWN_MS) return true
        known = performance.now()
        return JSON.stringify(await again().catch(() => null)) === first
      }
      try {
        while (!out.aborted && (await isSame())) {
          for (const [name, data] of [...waiting]) {
            waiting.delete(name)
            await out.writeSSE({ event: name.split(' ')[0]!, data })
          }
          const beat = await new Promise<boolean>((resolve) => {
            const timer = setTimeout(() => resolve(true), BEAT_MS)
            wake = () => {
              clearTimeout(timer)
              // Many changes a second become a few lines a second.
              setTimeout(() => resolve(false), 250)
            }
          })
          if (beat) await out.write(': still here\n\n')
        }
      } finally {
        stop()
        leave()
      }
    })
  })
}
