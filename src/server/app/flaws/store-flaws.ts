import { evolve } from '../../../core/findings/flaw/evolve.ts'
import type { Flaw } from '../../../core/findings/flaw/flaw.ts'
import type { FlawEvent } from '../../../core/findings/flaw/flaw-event.ts'
import type { Id } from '../../../core/kernel/id.ts'
import { idOf } from '../../../core/priority/decision-table.ts'
import { SUPPLIER_TABLE } from '../../../core/priority/tables/patching.ts'
import type { Ground } from '../../ground.ts'
import { at, type Tx } from '../../store/connection.ts'
import { appendEvents } from '../../store/events.ts'
import { sealJson } from '../../store/keys/seal.ts'
import type { IntakeMacs } from '../findings/macs.ts'
import { type Deeds, type LoadedFlaw, NO_DEEDS } from './load-flaws.ts'
import { questionsAbout } from './open-questions.ts'
import { openSplit } from './open-split.ts'
import { tallyFlaw } from './tally-flaw.ts'

type FlawId = Id<'flaw'>
type Loaded = ReadonlyMap<FlawId, LoadedFlaw>

/** Writes what a command decided: members where they moved, deeds, questions, counts and needs, and the events. */
export async function storeFlaws(
  ground: Ground,
  macs: IntakeMacs,
  tx: Tx,
  loaded: Loaded,
  events: readonly FlawEvent[],
): Promise<void> {
  const after = new Map<FlawId, Flaw>()
  for (const event of events)
    after.set(event.flaw, evolve(after.get(event.flaw) ?? loaded.get(event.flaw)?.flaw ?? null, event))
  for (const event of events) await storeEffects(tx, event)
  for (const [id, flaw] of after)
    if (!loaded.has(id)) await openSplit(ground, macs, tx, loaded.get(flaw.apart[0]!.other)!.record, flaw)
  for (const [id, flaw] of after) {
    const own = events.filter((event) => event.flaw === id)
    await storeState(ground, tx, loaded, flaw, own)
  }
  // Only now: what one of them counts and needs depends on where the others stand.
  for (const [id, { stage }] of after) if (stage === 'open') await storeTally(tx, id)
  await tellNeighbours(tx, after)
}

async function storeTally(tx: Tx, flaw: FlawId): Promise<void> {
  const { first_at, last_at, ...counts } = await tallyFlaw(tx, flaw)
  await tx.db
    .updateTable('flaw')
    .set({ ...counts, first_at: at(first_at) as never, last_at: at(last_at) as never })
    .where('id', '=', flaw)
    .execute()
}

/** What the flaws on the other side of open questions need may have changed with what was decided here. */
async function tellNeighbours(tx: Tx, after: ReadonlyMap<FlawId, Flaw>): Promise<void> {
  const others = new Set<string>()
  for (const [id, { stage }] of after)
    if (stage === 'open') for (const { other } of await questionsAbout(tx, id)) others.add(other)
  for (const id of [...others].sort()) {
    const { need } = await tallyFlaw(tx, id)
    await tx.db.updateTable('flaw').set({ need }).where('id', '=', id).where('state', '=', 'open').execute()
  }
}

/** The effects of one event outside the flaw's own row. */
async function storeEffects(tx: Tx, event: FlawEvent): Promise<void> {
  switch (event.type) {
    case 'flaws-merged':
      if (event.side === 'into') {
        await move(tx, event.merge.findings, event.flaw)
        await answer(tx, event.merge.answered, 'merged', event.at)
      }
      return
    case 'merge-undone':
      if (event.side === 'from')
        await move(
          tx,
          event.members.map((member) => member.finding),
          event.flaw,
        )
      return
    case 'flaw-split':
      if (event.side === 'new') {
        await move(
          tx,
          event.members.map((member) => member.finding),
          event.flaw,
        )
        await setApart(tx, event.flaw, event.from, event.at)
      }
      return
    case 'split-undone':
      if (event.side === 'from') {
        await move(
          tx,
          event.members.map((member) => member.finding),
          event.flaw,
        )
        await dropApart(tx, event.flaw, event.to)
      }
      return
    case 'kept-apart':
      await setApart(tx, event.flaw, event.kept.other, event.at)
      return await answer(tx, event.kept.answered, 'kept-apart', event.at)
    case 'apart-undone':
      return await dropApart(tx, event.flaw, event.other)
    default:
  }
}

async function move(tx: Tx, findings: readonly string[], to: string): Promise<void> {
  if (findings.length > 0)
    await tx.client.query('update member set flaw_id = $1 where finding_id = any($2::text[])', [to, findings])
}

async function answer(
  tx: Tx,
  answered: readonly { id: string }[],
  state: 'open' | 'merged' | 'kept-apart',
  when: number,
): Promise<void> {
  if (answered.length === 0) return
  await tx.client.query('update suggestion set state = $1, decided_at = $2 where id = any($3::text[])', [
    state,
    state === 'open' ? null : new Date(when).toISOString(),
    answered.map(({ id }) => id),
  ])
}

async function setApart(tx: Tx, one: string, other: string, when: number): Promise<void> {
  const [a, b] = one < other ? [one, other] : [other, one]
  await tx.db
    .insertInto('apart')
    .values({ a, b, at: at(when) as never })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

async function dropApart(tx: Tx, one: string, other: string): Promise<void> {
  const [a, b] = one < other ? [one, other] : [other, one]
  await tx.db.deleteFrom('apart').where('a', '=', a).where('b', '=', b).execute()
}

async function storeState(ground: Ground, tx: Tx, loaded: Loaded, flaw: Flaw, events: readonly FlawEvent[]): Promise<void> {
  const before = loaded.get(flaw.id)
  const row = await tx.db
    .selectFrom('flaw')
    .select(['key_slot', 'version', 'priority', 'priority_rank'])
    .where('id', '=', flaw.id)
    .executeTakeFirstOrThrow()
  const judged = await judgedSinceMerge(tx, before, events)
  const { deeds, priority } = deedsAfter(loaded, before?.deeds ?? NO_DEEDS, events, row, judged)
  for (const put of reopened(before?.flaw ?? null, flaw)) await answer(tx, [put], 'open', 0)
  const [key] = ground.keys.get([row.key_slot])
  const { stage, into, merges, splits, apart, judgements } = flaw
  const kept: Deeds = { stage, into, merges, splits, apart, judgements, ...deeds }
  await tx.db
    .updateTable('flaw')
    .set({
      ...priority,
      version: row.version + events.length,
      state: stage === 'open' ? 'open' : 'merged',
      merged_into: into,
      deeds: key ? sealJson(key, kept, `flaw/${flaw.id}/deeds`, ground.random) : null,
    })
    .where('id', '=', flaw.id)
    .execute()
  await appendEvents(
    tx,
    events.map((event, i) => ({
      aggregate: 'flaw',
      aggregate_id: flaw.id,
      version: row.version + i + 1,
      type: event.type,
      at: event.at,
      actor: actorOf(event),
      payload: payloadOf(event),
    })),
  )
}

/** Whether a person judged the priority while the merge stood that is undone here: that judgement is about the flaw as it goes on. */
async function judgedSinceMerge(tx: Tx, before: LoadedFlaw | undefined, events: readonly FlawEvent[]): Promise<boolean> {
  const undone = events.find((event) => event.type === 'merge-undone' && event.side === 'into')
  const merge = before?.flaw.merges.find(({ from }) => undone !== undefined && 'from' in undone && undone.from === from)
  if (before === undefined || merge === undefined) return false
  const row = await tx.db
    .selectFrom('judgement')
    .select('id')
    .where('flaw_id', '=', before.flaw.id)
    .where('person_id', 'is not', null)
    .where('table_id', '=', idOf(SUPPLIER_TABLE))
    .where('at', '>=', at(merge.at))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** A merge raises the priority to the higher of both; undoing it puts the old one back, unless a person judged it since. */
function deedsAfter(
  loaded: Loaded,
  deeds: Deeds,
  events: readonly FlawEvent[],
  row: { priority: string | null; priority_rank: number },
  judged: boolean,
) {
  const before = { ...deeds.before }
  let { splitFrom } = deeds
  let priority: { priority: string | null; priority_rank: number } | Record<string, never> = {}
  for (const event of events) {
    if (event.type === 'flaws-merged' && event.side === 'into') {
      const other = loaded.get(event.merge.from)!.record
      before[event.merge.from] = { priority: row.priority, rank: row.priority_rank }
      if (other.priority_rank > row.priority_rank) priority = { priority: other.priority, priority_rank: other.priority_rank }
    } else if (event.type === 'merge-undone' && event.side === 'into') {
      const old = before[event.from]
      delete before[event.from]
      if (old !== undefined && !judged) priority = { priority: old.priority, priority_rank: old.rank }
    } else if (event.type === 'flaw-split' && event.side === 'new') splitFrom = event.from
  }
  return { deeds: { before, splitFrom }, priority }
}

/** Questions that stand again after an undo. */
function reopened(before: Flaw | null, after: Flaw): Flaw['suggestions'] {
  const stood = new Set(before?.suggestions.map(({ id }) => id))
  return after.suggestions.filter(({ id }) => !stood.has(id))
}

function actorOf(event: FlawEvent): string {
  const by =
    'by' in event
      ? event.by
      : event.type === 'flaws-merged' && event.side === 'into'
        ? event.merge.by
        : event.type === 'flaw-split' && event.side === 'from'
          ? event.split.by
          : event.type === 'kept-apart'
            ? event.kept.by
            : null
  if (by?.kind === 'person') return `person:${by.id}`
  return by?.kind === 'algorithm' && by.name.startsWith('matrix/') ? 'system:validation' : 'system:grouping'
}

/** Ids only: what people wrote as their reason stays sealed with the flaw. */
function payloadOf(event: FlawEvent): object {
  switch (event.type) {
    case 'flaws-merged':
      return event.side === 'into'
        ? { side: 'into', from: event.merge.from, findings: event.merge.findings }
        : { side: 'from', into: event.into }
    case 'merge-undone':
      return event.side === 'into' ? { side: 'into', from: event.from } : { side: 'from' }
    case 'flaw-split':
      return event.side === 'from'
        ? { side: 'from', flaw: event.split.to, findings: event.split.findings }
        : { side: 'new', from: event.from }
    case 'split-undone':
      return event.side === 'from' ? { side: 'from', flaw: event.to } : { side: 'new', into: event.into }
    case 'kept-apart':
      return { other: event.kept.other }
    case 'apart-undone':
      return { other: event.other }
    default:
      return {}
  }
}
