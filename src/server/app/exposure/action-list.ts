import { createHash } from 'node:crypto'
import type { ActionList, ActionOut } from '../../../contract/shapes/exposure.ts'
import { presentExposure } from '../../../core/access/present/exposure.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { dueState } from '../../../core/exposure/finding-object.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { inventoriesOf } from '../../store/inventory.ts'
import { heldNotAffected, obligationsOf } from '../../store/obligation.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { type ActionStanding, type GroupedAction, groupedActions } from './action-group.ts'
import { actionOut, type Shown } from './action-out.ts'
import { namesOfSayers } from './action-statements.ts'
import type { ExposureDesk } from './exposure-desk.ts'
import { openInventory } from './inventory-body.ts'
import { openObligation } from './obligation-body.ts'
import { loadRule } from './obligation-rule.ts'

export interface ActionsRead {
  readonly actions: readonly GroupedAction[]
  readonly shown: Shown
  readonly inventories: number
  readonly components: number
  readonly newest: number | null
  /** Another one as soon as an obligation that was asked for, the rule or an inventory is another one. */
  readonly state: string
}

const ALL: readonly ActionStanding[] = ['open', 'deferred', 'mitigated', 'remediated', 'not-affected']

/** Everything that an organisation must do or did, as its obligations stand. */
export async function readActions(
  desk: ExposureDesk,
  tx: Tx,
  organisation: string,
  standings: readonly string[] = ALL,
): Promise<ActionsRead> {
  const now = desk.clock()
  const { rule } = await loadRule(desk, tx, organisation)
  const heads = (await inventoriesOf(tx, organisation)).flatMap((row) => {
    const body = openInventory(desk, row)
    return body === null ? [] : [{ row, body }]
  })
  // A deferral that ended a moment ago stands as open, whatever the column says yet.
  const asked = standings.includes('open') ? [...new Set([...standings, 'deferred'])] : standings
  const rows = await obligationsOf(tx, organisation, asked)
  const kept = rows.flatMap((row) => openObligation(desk, row) ?? [])
  const tags = new Map(heads.map(({ row, body }) => [row.id, body.tags]))
  return {
    actions: groupedActions(organisation, kept, desk.known, rule, now, (id) => tags.get(id) ?? null).filter(({ standing }) =>
      standings.includes(standing),
    ),
    shown: {
      book: desk.book,
      rule,
      now,
      names: new Map(heads.map(({ row, body }) => [row.id, body.asset])),
      people: await namesOfSayers(tx, kept),
    },
    inventories: heads.length,
    components: heads.reduce((sum, { body }) => sum + body.components, 0),
    state: stateOf([rows, heads.map(({ row }) => row), [{ id: 'rule', version: rule.version }]]),
    newest: heads.reduce<number | null>((late, { row }) => Math.max(late ?? 0, row.received_at), null),
  }
}

function stateOf(all: readonly (readonly { readonly id: string; readonly version: number }[])[]): string {
  const hash = createHash('sha256')
  for (const rows of all) for (const { id, version } of rows) hash.update(`${id} ${version}\n`)
  return hash.digest('base64url')
}

/** What the caller's organisation must do, the earliest due first; `after` is the id where the page before ended. */
export async function listActions(
  desk: ExposureDesk,
  who: Principal,
  { limit, after, standing }: { readonly limit: number; readonly after: string | null; readonly standing: string | null },
): Promise<Answer<Presented<ActionList>>> {
  const { organisation } = who
  if (organisation === null) return NOT_FOUND
  const standings = standing === null ? (['open', 'deferred', 'mitigated'] as const) : standing.split(',').slice(0, 10)
  const { held, ...read } = await inTransaction(desk.store, { organisation }, async (tx) => ({
    ...(await readActions(desk, tx, organisation, standings)),
    held: await heldNotAffected(tx, organisation),
  }))
  const { actions, shown, inventories, components, newest, state } = read
  const from = after === null ? 0 : actions.findIndex(({ id }) => id === after) + 1
  const page = actions.slice(from, from + limit)
  const open = actions.filter((one) => one.standing === 'open').map(({ action }) => dueState(action.due, shown.now))
  const { records, newest: newestRecord } = desk.known.size
  const list: ActionList = {
    rows: page.map((one) => actionOut(one, shown)),
    next: from + limit < actions.length ? page.at(-1)!.id : null,
    reading: !desk.known.loaded,
    late: open.filter((state) => state === 'late').length,
    soon: open.filter((state) => state === 'soon').length,
    later: open.filter((state) => state === 'later').length,
    undated: open.filter((state) => state === 'no-date').length,
    held,
    components,
    inventories,
    matchedAt: newest === null ? null : formatInstant(instant(newest)),
    records: { count: records, newest: newestRecord === null ? null : formatInstant(newestRecord) },
    state,
  }
  const out = presentExposure(who, organisation, { action: 'list', noun: 'obligation' }, list)
  return out === null ? NOT_FOUND : done(out)
}

/** One action of the caller's organisation. */
export async function readAction(desk: ExposureDesk, who: Principal, id: string): Promise<Answer<Presented<ActionOut>>> {
  const { organisation } = who
  if (organisation === null) return NOT_FOUND
  const read = await inTransaction(desk.store, { organisation }, async (tx) => await readActions(desk, tx, organisation))
  const found = read.actions.find((one) => one.id === id)
  if (found === undefined) return NOT_FOUND
  const asks = { action: 'read', noun: 'obligation' } as const
  const out = presentExposure(who, organisation, asks, actionOut(found, read.shown))
  return out === null ? NOT_FOUND : done(out)
}
