import { sql } from 'kysely'
import type { FlawPageOfRows } from '../../../contract/shapes/flaw.ts'
import { presentFlaw } from '../../../core/access/present/flaw.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { searchWords } from '../../../core/findings/summary.ts'
import { parseId } from '../../../core/kernel/id.ts'
import type { Ground } from '../../ground.ts'
import { inTransaction } from '../../store/connection.ts'
import { mayList, scopeFor } from '../../store/predicate.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import type { IntakeMacs } from '../findings/macs.ts'
import { FLAW_COLUMNS, flawRows } from './flaw-view.ts'
import { strongestQuestions } from './need-words.ts'

export const TABS = {
  'needs-me': ['decide', 'triage'],
  waiting: ['target'],
  everything: ['decide', 'triage', 'target', 'nothing'],
} as const
export const SORTS = {
  priority: 'priority_rank',
  last: 'last_at',
  first: 'first_at',
  findings: 'findings',
  finders: 'finders',
  severity: 'score',
} as const

export interface FlawQuery {
  readonly tab: keyof typeof TABS
  readonly sort: keyof typeof SORTS
  readonly order: 'asc' | 'desc'
  readonly words: string
  readonly priority: string | null
  readonly need: string | null
  readonly cursor: string | null
  readonly limit: number
}

/** One page of the queue: open flaws the caller may list, in the wanted order, with the counts of the tabs. */
export async function listFlaws(
  ground: Ground,
  macs: IntakeMacs,
  who: Principal,
  query: FlawQuery,
): Promise<Answer<Presented<FlawPageOfRows>>> {
  const after = query.cursor === null ? null : readCursor(query.cursor)
  if (query.cursor !== null && after === null) return denied('request.invalid', 'The cursor is not one of this list.', 'cursor')
  const page = await inTransaction(ground.store, scopeFor(who, 'list', 'flaw'), async (tx) => {
    const { db } = tx
    const open = db
      .selectFrom('flaw')
      .where('state', '=', 'open')
      .where(mayList(who, 'list', 'flaw', { stage: 'flaw.stage' }))
    const key = query.sort === 'severity' ? sql`coalesce(score, -1)` : sql.ref(SORTS[query.sort])
    let rows = open
      .select(FLAW_COLUMNS)
      .select(sql<string>`(${key})::text`.as('sort_key'))
      .where('need', 'in', query.need === null ? TABS[query.tab] : [query.need])
    if (query.priority !== null) rows = rows.where('priority_rank', '=', Number(query.priority))
    if (query.words !== '') rows = rows.where(matches(query.words, macs))
    const compare = query.order === 'asc' ? sql`>` : sql`<`
    if (after !== null)
      rows = rows.where(
        sql<boolean>`((${key})::text::${sql.raw(query.sort === 'last' || query.sort === 'first' ? 'timestamptz' : 'double precision')}, id) ${compare} (${after.key}::${sql.raw(query.sort === 'last' || query.sort === 'first' ? 'timestamptz' : 'double precision')}, ${after.id})`,
      )
    const found = await rows
      .orderBy(key, query.order)
      .orderBy('id', query.order)
      .limit(query.limit + 1)
      .execute()
    const tabs = await open
      .select('need')
      .select((select) => select.fn.countAll<number>().as('count'))
      .groupBy('need')
      .execute()
    const shown = found.slice(0, query.limit)
    const undecided = shown.filter((flaw) => flaw.need === 'decide').map((flaw) => flaw.id)
    return { shown, more: found.length > shown.length, tabs, asked: await strongestQuestions(tx, ground.keys, undecided) }
  })
  const { shown } = page
  const count = (needs: readonly string[]) =>
    page.tabs.filter((tab) => needs.includes(tab.need)).reduce((sum, tab) => sum + Number(tab.count), 0)
  const last = shown.at(-1)
  const view = presentFlaw(who, {
    rows: flawRows(ground.keys, shown, page.asked),
    next: page.more && last !== undefined ? writeCursor(last.sort_key, last.id) : null,
    tabs: { needsMe: count(TABS['needs-me']), waiting: count(TABS.waiting), everything: count(TABS.everything) },
  })
  return view === null ? NOT_FOUND : done(view)
}

/** Words are looked up by their keyed tokens: whole words, all of them. An id finds its flaw. */
function matches(words: string, macs: IntakeMacs) {
  const id = parseId('flaw', words.trim())
  if (id !== null) return sql<boolean>`id = ${id}`
  const plain = { title: words, target: null, weakness: null, path: null, symbol: null }
  const tokens = searchWords(plain).map((word) => macs.word(word))
  return tokens.length === 0 ? sql<boolean>`false` : sql<boolean>`words @> ${tokens}::bigint[]`
}

function writeCursor(key: string, id: string): string {
  return Buffer.from(JSON.stringify([key, id])).toString('base64url')
}

function readCursor(text: string): { key: string; id: string } | null {
  try {
    const [key, id] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown[]
    if (typeof key !== 'string' || typeof id !== 'string' || !/^[-\d:. +TZ]{1,40}$/.test(key) || parseId('flaw', id) === null)
      return null
    return { key, id }
  } catch {
    return null
  }
}
