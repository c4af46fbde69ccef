import type { Principal } from '../../../core/access/principal.ts'
import { OBJECTS } from '../../../core/docket/compartment.ts'
import { decideDocket } from '../../../core/docket/decide.ts'
import type { Docket, Party } from '../../../core/docket/docket.ts'
import type { Asker, DocketCommand } from '../../../core/docket/docket-command.ts'
import type { DocketEvent } from '../../../core/docket/docket-event.ts'
import { evolveDocket } from '../../../core/docket/evolve.ts'
import { policyOf } from '../../../core/docket/policy.ts'
import { seatsOf } from '../../../core/docket/reading.ts'
import { toHex } from '../../../core/kernel/digest.ts'
import type { Id } from '../../../core/kernel/id.ts'
import { instant } from '../../../core/kernel/instant.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { syncSeats } from '../../store/docket.ts'
import { appendAccess } from '../../store/docket-access.ts'
import { appendEvents } from '../../store/events.ts'
import { keyedMac } from '../../store/keys/mac.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { anchorLog } from './anchor-log.ts'
import type { DocketBody } from './docket-body.ts'
import type { DocketDesk } from './docket-desk.ts'
import { objectOf, thingOf } from './event-object.ts'
import { keepBody } from './keep-body.ts'
import { type LoadedDocket, loadDocket, type SeenDocket, seeDocket } from './load-docket.ts'
import { tellAgain, tellChange } from './tell-custody.ts'

/** A command of core, and what else is stored with it once it was accepted: papers, rows of one's own. */
export interface Prepared {
  readonly command: DocketCommand
  readonly store?: (tx: Tx, after: Docket) => Promise<void>
  /** What changes in the body beside the docket itself. */
  readonly body?: Partial<Omit<DocketBody, 'docket'>>
}

export type Prepare<Loaded> = (loaded: Loaded, tx: Tx) => Answer<Prepared> | Promise<Answer<Prepared>>

/** The docket after a command, and what happened to it; no event: nothing had to change. */
export interface Commanded {
  readonly docket: Docket
  readonly events: readonly DocketEvent[]
}

/**
 * One command of a person on a docket: load, permit, decide, tell the custodian, commit. `version` is the one that the person
 * looked at; where it is no longer the newest the command is refused with `docket.changed`.
 */
export async function commandDocket(
  desk: DocketDesk,
  who: Principal,
  given: { readonly docket: string; readonly version: number | null },
  prepare: Prepare<SeenDocket>,
): Promise<Answer<Commanded>> {
  return await retelling(desk, given.docket, () =>
    inTransaction(desk.store, 'all', async (tx): Promise<Answer<Commanded>> => {
      const seen = await seeDocket(desk, tx, who, 'decide', given.docket, true)
      if (seen === null) return NOT_FOUND
      if (seen.docket.state === 'closed') return denied('docket.closed')
      if (given.version !== null && given.version !== seen.docket.version)
        return denied('docket.changed', 'Load it again and decide on what you see then.')
      const prepared = await prepare(seen, tx)
      return prepared.ok ? await carryOut(desk, tx, seen, askerOf(who, seen), prepared.value) : prepared
    }),
  )
}

/**
 * One command of Weir itself: of the clock, the custodian, a measurement or a purge. `notBefore`: an instant that is known to have
 * come, by a clock that was later than these.
 */
export async function tellDocket(
  desk: DocketDesk,
  id: string,
  prepare: Prepare<LoadedDocket>,
  notBefore = 0,
): Promise<Answer<Commanded>> {
  return await retelling(desk, id, () =>
    inTransaction(desk.store, 'all', async (tx): Promise<Answer<Commanded>> => {
      const found = await loadDocket(desk, tx, id, true)
      if (found === null) return NOT_FOUND
      const loaded = { ...found, now: instant(Math.max(found.now, notBefore)) }
      const prepared = await prepare(loaded, tx)
      return prepared.ok ? await carryOut(desk, tx, loaded, { kind: 'machine' }, prepared.value) : prepared
    }),
  )
}

/** Decides and stores one command in the running transaction, in which the docket was loaded with its row locked. */
export async function carryOut(
  desk: DocketDesk,
  tx: Tx,
  loaded: LoadedDocket,
  asker: Asker,
  { command, store, body }: Prepared,
): Promise<Answer<Commanded>> {
  const before = loaded.docket
  const policy = policyOf(before.policy)
  if (policy === null) return denied('docket.refused', 'The policy that it was opened under is not known here.')
  const decision = decideDocket(before, command, asker, loaded.now, policy)
  if (!decision.ok)
    return denied(decision.code === 'docket.closed' ? 'docket.closed' : 'docket.refused', decision.say, decision.code)
  const { events } = decision
  const after = events.reduce(evolveDocket, before)
  const told = await tellChange(desk.custody, before, after, policy)
  if (!told.ok) return told
  if (events.length > 0 || body !== undefined) await storeBody(desk, tx, loaded, { ...body, docket: after })
  await storeEvents(desk, tx, loaded, events)
  await store?.(tx, after)
  if (events.some((event) => event.type === 'determination-recorded'))
    await desk.queue.send(tx, 'docket-report', { docket: before.id })
  if (events.some((event) => event.type === 'closing-begun')) await desk.queue.send(tx, 'docket-close', { docket: before.id })
  return done({ docket: after, events })
}

async function storeBody(
  desk: DocketDesk,
  tx: Tx,
  loaded: LoadedDocket,
  changes: Partial<DocketBody> & Pick<DocketBody, 'docket'>,
): Promise<void> {
  const { docket } = changes
  await keepBody(desk, tx, loaded, changes)
  const granted = docket.partners.flatMap(({ persons }) => persons)
  const homes = await homesOf(
    tx,
    granted.map(({ person }) => person),
  )
  const partners = granted.map(({ person, revoked }) => {
    const organisation = homes.get(person) ?? docket.developer
    return { person, seat: 'partner-person', organisation, endedAt: revoked }
  })
  await syncSeats(tx, docket.id, [...docket.seats, ...partners])
}

/** The organisations of people, for the table that lists are filtered by. */
async function homesOf(tx: Tx, people: readonly string[]): Promise<Map<string, string>> {
  if (people.length === 0) return new Map()
  const rows = await tx.db
    .selectFrom('person')
    .select(['id', 'organisation_id'])
    .where('id', 'in', [...people])
    .execute()
  return new Map(rows.map((row) => [row.id, row.organisation_id]))
}

/** Writes events into the outbox and into the docket's log, whose head goes to the ledger. `before`: the docket before them. */
export async function storeEvents(
  desk: DocketDesk,
  tx: Tx,
  { docket: before, now }: Pick<LoadedDocket, 'docket' | 'now'>,
  events: readonly DocketEvent[],
): Promise<void> {
  if (events.length === 0) return
  await appendEvents(
    tx,
    events.map((event, n) => ({
      aggregate: 'docket' as const,
      aggregate_id: before.id,
      version: before.version + n + 1,
      type: event.type,
      at: now,
      actor: event.by === null ? 'system:docket' : `person:${event.by}`,
      payload: {},
    })),
  )
  const head = await appendAccess(
    tx,
    before.id,
    events.map((event) => {
      const object = objectOf(event.type)
      const seat = event.by === null ? null : (seatsOf(before, event.by, now)[0] ?? null)
      const compartment = OBJECTS[object]
      const said = {
        object,
        what: event.type,
        thing: thingOf(event) ?? digestOf(desk, event),
        refused: false,
        calls: 0,
        tokens: 0,
      }
      return { at: now, person: event.by, seat, compartment, ...said }
    }),
  )
  if (head !== null) await anchorLog(desk, tx, before.id, head)
}

/** Of a determination the log holds a keyed digest: what was recorded cannot be put in another's place, nor guessed from it. */
function digestOf(desk: DocketDesk, event: DocketEvent): string | null {
  if (event.type !== 'determination-recorded') return null
  return toHex(keyedMac(desk.keys.secret('docket'), 'determination')(Buffer.from(JSON.stringify(event))))
}

/** Where a command fails after the custodian was told, the custodian is told what the record still says. */
async function retelling<T>(desk: DocketDesk, id: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    await tellAgain(desk, id).catch(() => {})
    throw error
  }
}

/** Who gives a command, as core asks: the side follows from the organisation and the person's role in it. */
export function askerOf(who: Principal, { person, docket }: Pick<SeenDocket, 'person' | 'docket'>): Asker {
  const organisation = (who.organisation ?? '') as Id<'organisation'>
  const party: Party | null =
    organisation === docket.developer && who.roles.includes('developer')
      ? 'developer'
      : organisation === docket.office && who.roles.includes('officer')
        ? 'office'
        : null
  return { kind: 'person', person, organisation, party }
}
