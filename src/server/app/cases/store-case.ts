import { hash } from 'node:crypto'
import type { Case } from '../../../core/cases/case.ts'
import type { CaseEvent } from '../../../core/cases/case-event.ts'
import { nextDue } from '../../../core/cases/due.ts'
import { type Id, newId } from '../../../core/kernel/id.ts'
import type { Instant } from '../../../core/kernel/instant.ts'
import { openInterval } from '../../ledger/open-interval.ts'
import { type CaseHead, insertCase, type PartyRow, syncFlaws, syncParties, updateCase } from '../../store/case.ts'
import { anchorEntry, appendEntries } from '../../store/case-entry.ts'
import type { Tx } from '../../store/connection.ts'
import { appendEvents } from '../../store/events.ts'
import type { DataKey } from '../../store/keys/key-store.ts'
import { sealJson } from '../../store/keys/seal.ts'
import { revokeAddresses } from '../../store/reply-address.ts'
import { type CaseBody, sealBody } from './case-body.ts'
import type { CaseDesk } from './case-desk.ts'
import { endsAt } from './ends-at.ts'
import { heldParties } from './held-parties.ts'
import { readsOf } from './reads-of.ts'
import { recallLetters } from './recall-letters.ts'
import { asksOf, nextMove } from './whose-move.ts'

/** A severity as a party judges it: kept beside the machines of core, and told in the same log. */
export interface SeverityJudged {
  readonly type: 'severity-judged'
  readonly case: Id<'case'>
  readonly at: Instant
  readonly by: Id<'person'> | null
  readonly participant: string
  readonly flaw: string
}
export type ToldEvent = CaseEvent | SeverityJudged

export interface Change {
  readonly body: CaseBody
  readonly key: DataKey
  readonly now: Instant
  /** Of the case before it; 0: there was none. */
  readonly version: number
  readonly events: readonly ToldEvent[]
}

/**
 * Stores a case after a command, in the running transaction: the sealed body, the rows that lists are filtered by, what happened
 * into the outbox and the case's log, and a commitment of both for the ledger.
 */
export async function storeCase(desk: CaseDesk, tx: Tx, change: Change): Promise<void> {
  const { body, key, now, version } = change
  const of = body.case
  const sealed = sealBody(key.key, body, desk.random)
  const head = headOf(of, now)
  if (version === 0) await insertCase(tx, head, key.slot, sealed)
  else await updateCase(tx, head, sealed)
  await syncFlaws(tx, of.id, of.state === 'open' ? of.flaws.map(({ flaw }) => flaw) : [], now)
  const parties = await storeParties(tx, body, now)
  if (version > 0) {
    await recallLetters(tx, of.id, parties)
    await revokeAddresses(tx, of.id, unheard(of), now)
  }
  await storeEvents(desk, tx, change, hash('sha256', sealed, 'buffer'))
}

/** Makes the rows of a case's participants say what the case and its letters say; they are what lists are filtered by. */
export async function storeParties(tx: Tx, body: CaseBody, now: Instant): Promise<PartyRow[]> {
  const parties = partyRows(body, await heldParties(tx, body), now)
  await syncParties(tx, body.case.id, parties)
  return parties
}

/** Whose mail is taken no more: who has left; of a case that ended all. Of one that was merged the others answer in the one it went into. */
function unheard({ state, mergedInto, participants }: Case): string[] | null {
  if (state === 'closed' && mergedInto === null) return null
  return participants.flatMap(({ id, leftAt }) => (leftAt === null ? [] : [id]))
}

function headOf(of: Case, now: Instant): CaseHead {
  const { id, version, state, coordinator, openedAt, closedAt } = of
  const times = { openedAt, changedAt: now, endsAt: endsAt(of), dueAt: nextDue(of), closedAt }
  return { id, version, state, coordinator, whose: nextMove(of, now).whose, ...times }
}

function partyRows({ case: of, projects }: CaseBody, held: ReadonlySet<string>, now: Instant): PartyRow[] {
  return of.participants.map((one) => ({
    id: one.id,
    // The chair is whoever coordinates, and not all of their house: by their rows the others take part in nothing.
    organisation_id: one.id === of.chair ? null : one.organisation,
    project_id: projects[one.id] ?? null,
    kind: one.kind,
    reads: held.has(one.id) ? 'nothing' : readsOf(of, one, now),
    asked: !held.has(one.id) && asksOf(of, one) !== null,
    left_at: one.leftAt,
  }))
}

async function storeEvents(desk: CaseDesk, tx: Tx, { body, key, version, events }: Change, state: Buffer): Promise<void> {
  const { id } = body.case
  if (events.length === 0) return
  await appendEvents(
    tx,
    events.map((event, n) => ({
      aggregate: 'case' as const,
      aggregate_id: id,
      version: version + n + 1,
      type: event.type,
      at: event.at,
      actor: event.by === null ? 'system:case' : `person:${event.by}`,
      payload: {},
    })),
  )
  const entries = events.map((event, n) => ({
    version: version + n + 1,
    id: newId('document', desk.random),
    type: event.type,
    at: event.at,
    person: event.by,
    body: sealJson(key.key, event, entryPlace(id, version + n + 1), desk.random),
  }))
  const newest = await appendEntries(tx, id, entries)
  const last = entries.at(-1)
  if (newest === null || last === undefined) return
  const interval = await openInterval(tx, desk.keys)
  const { bytes, position } = interval.commit(last.id, entryStatement(id, last.version, newest, state))
  await anchorEntry(tx, id, last.version, { state, interval: interval.index, position, commitment: bytes })
}

/** Where an event of a case is sealed for. */
export const entryPlace = (id: string, version: number): string => `case/${id}/entry/${version}`

/** What the ledger holds of a case: the hash of its log, and of its sealed state, as it stood at that version. */
export function entryStatement(id: string, version: number, log: Uint8Array, state: Uint8Array) {
  return { type: 'weir/case/1', case: id, version, log: hex(log), state: hex(state) }
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
