import type { Context, Hono } from 'hono'
import {
  DecideCommand,
  JudgeCommand,
  MergeCommand,
  SplitCommand,
  UndoCommand,
  WriteMessage,
} from '../../../contract/shapes/flaw.ts'
import { parseId } from '../../../core/kernel/id.ts'
import { decideSuggestion } from '../../app/flaws/decide-suggestion.ts'
import { mergeFlaws, splitFlaw, undoFlaw } from '../../app/flaws/group-flaws.ts'
import { judgeFlaw } from '../../app/flaws/judge-flaw.ts'
import { type FlawQuery, listFlaws, SORTS, TABS } from '../../app/flaws/list-flaws.ts'
import { readFlaw } from '../../app/flaws/read-flaw.ts'
import { readThread, writeThread } from '../../app/flaws/thread.ts'
import type { Desks } from '../desks.ts'
import { type Env, readBody, refuse, send, serve } from '../door.ts'
import { readLimit } from '../query.ts'

export function flawRoutes(app: Hono<Env>, desks: Desks): void {
  const ground = { ...desks.intake, macs: desks.macs }
  const id = (c: Context<Env>) => c.req.param('id') ?? ''
  serve(app, 'listFlaws', async (c, { principal }) => send(c, await listFlaws(ground, desks.macs, principal, queryOf(c))))
  serve(app, 'search', async (c, { principal }) =>
    send(c, await listFlaws(ground, desks.macs, principal, { ...queryOf(c), tab: 'everything' })),
  )
  serve(app, 'mergeFlaws', async (c, { principal }) => {
    const body = await readBody(c, MergeCommand)
    return body.ok ? send(c, await mergeFlaws(ground, principal, body.value)) : refuse(c, body)
  })
  serve(app, 'readFlaw', async (c, { principal }) => send(c, await readFlaw(ground, principal, parseId('flaw', id(c)) ?? '')))
  serve(app, 'splitFlaw', async (c, { principal }) => {
    const body = await readBody(c, SplitCommand)
    return body.ok ? send(c, await splitFlaw(ground, principal, id(c), body.value)) : refuse(c, body)
  })
  serve(app, 'undoFlaw', async (c, { principal }) => {
    const body = await readBody(c, UndoCommand)
    return body.ok ? send(c, await undoFlaw(ground, principal, id(c), body.value)) : refuse(c, body)
  })
  serve(app, 'judgeFlaw', async (c, { principal }) => {
    const body = await readBody(c, JudgeCommand)
    return body.ok ? send(c, await judgeFlaw(ground, principal, id(c), body.value)) : refuse(c, body)
  })
  serve(app, 'decideSuggestion', async (c, { principal }) => {
    const body = await readBody(c, DecideCommand)
    return body.ok ? send(c, await decideSuggestion(ground, principal, id(c), body.value)) : refuse(c, body)
  })
  serve(app, 'readThread', async (c, { principal }) => send(c, await readThread(ground, principal, id(c))))
  serve(app, 'writeThread', async (c, { principal }) => {
    const body = await readBody(c, WriteMessage)
    return body.ok ? send(c, await writeThread(ground, principal, id(c), body.value.text)) : refuse(c, body)
  })
}

const RANKS = new Map([
  ['immediate', '4'],
  ['out-of-cycle', '3'],
  ['scheduled', '2'],
  ['defer', '1'],
])
const NEEDS = new Set(['decide', 'target', 'triage', 'nothing'])

/** What the query asks for; what it does not say, or says wrongly, is the queue's own order. */
function queryOf(c: Context<Env>): FlawQuery {
  const { tab, sort, order, q, priority, need, cursor, limit } = c.req.query()
  return {
    tab: tab !== undefined && Object.hasOwn(TABS, tab) ? (tab as FlawQuery['tab']) : 'needs-me',
    sort: sort !== undefined && Object.hasOwn(SORTS, sort) ? (sort as FlawQuery['sort']) : 'priority',
    order: order === 'asc' ? 'asc' : 'desc',
    words: (q ?? '').slice(0, 200),
    priority: RANKS.get(priority ?? '') ?? null,
    need: need !== undefined && NEEDS.has(need) ? need : null,
    cursor: cursor || null,
    limit: readLimit(limit),
  }
}
