import { sql } from 'kysely'
import type { Participant } from '../../../core/cases/case.ts'
import type { CaseEvent } from '../../../core/cases/case-event.ts'
import { participantsSeen } from '../../../core/cases/reading.ts'
import { type Instant, instant } from '../../../core/kernel/instant.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { openJson } from '../../store/keys/seal.ts'
import { addNotice } from '../../store/notice.ts'
import { lineUp } from '../../store/webhook.ts'
import { type EventLine, lineOf } from '../cases/event-words.ts'
import { type LoadedCase, loadCase } from '../cases/load-case.ts'
import { readsOf } from '../cases/reads-of.ts'
import { entryPlace, type ToldEvent } from '../cases/store-case.ts'
import { draftsAfter } from '../letters/event-drafts.ts'
import type { ProjectDesk } from '../projects/project-desk.ts'

/** Events of the outbox that are told in one transaction. */
const AT_ONCE = 100

/**
 * Tells what happened in cases: a notice and a webhook for each organisation that may know of it, and drafts of letters. The outbox
 * is read in its order, each event once: what is told and up to where is one transaction. Returns how many events it told.
 */
export async function tellCases(desk: ProjectDesk): Promise<number> {
  let all = 0
  for (;;) {
    const told = await inTransaction(desk.store, 'all', async (tx) => await tellSome(desk, tx))
    all += told
    if (told < AT_ONCE) return all
  }
}

async function tellSome(desk: ProjectDesk, tx: Tx): Promise<number> {
  const { last } = await tx.db.selectFrom('case_teller').select('last').forUpdate().executeTakeFirstOrThrow()
  const { rows } = await sql<{ seq: number; aggregate_id: string; version: number }>`
    select seq, aggregate_id, version from event where aggregate = 'case' and seq > ${last} order by seq limit ${AT_ONCE}`.execute(
    tx.db,
  )
  for (const { aggregate_id, version } of rows) await tellOne(desk, tx, aggregate_id, version)
  const newest = rows.at(-1)
  if (newest !== undefined) await tx.db.updateTable('case_teller').set({ last: newest.seq }).execute()
  return rows.length
}

async function tellOne(desk: ProjectDesk, tx: Tx, id: string, version: number): Promise<void> {
  const loaded = await loadCase(desk, tx, id)
  const entry =
    loaded === null
      ? undefined
      : await tx.db
          .selectFrom('case_entry')
          .select(['type', 'body', 'person_id', 'at'])
          .where('case_id', '=', id)
          .where('version', '=', version)
          .executeTakeFirst()
  if (loaded === null || entry === undefined) return
  const event =
    loaded.purge === null
      ? openJson<ToldEvent>(loaded.key.key, entry.body, entryPlace(id, version))
      : afterErasure(loaded, entry.type, instant(entry.at))
  if (event === null) return
  const organisations = organisationsTold(loaded, event)
  const acting = await homeOf(tx, entry.person_id)
  for (const organisation of organisations)
    if (organisation !== acting)
      await addNotice(tx, desk.random, { organisation, case: id, kind: event.type, thing: null, at: entry.at })
  await lineUp(tx, organisations, loaded.case.coordinator, { kind: `case.${event.type}`, thing: id, at: entry.at }, desk.random)
  if (loaded.case.state === 'open' && event.type !== 'severity-judged') await draftsAfter(desk, tx, loaded, event as CaseEvent)
}

/** Once the case's key is destroyed nobody can say any more what happened and to whom, but for the closing itself. */
function afterErasure({ case: of }: LoadedCase, type: string, at: Instant): ToldEvent | null {
  return type === 'case-closed' ? { type, case: of.id, at, by: null, mergedInto: of.mergedInto } : null
}

/** The organisations that may know of an event: the coordinator's, and those of participants that it concerns and who may read it. */
export function organisationsTold(loaded: LoadedCase, event: ToldEvent): string[] {
  const { case: of } = loaded
  const line = lineOf(event, () => '')
  const told = new Set<string>([of.coordinator])
  for (const one of of.participants) {
    if (one.organisation === null || one.id === of.chair) continue
    if (mayKnow(loaded, one, event, line)) told.add(one.organisation)
  }
  return [...told]
}

function mayKnow({ case: of, now, held }: LoadedCase, one: Participant, event: ToldEvent, line: EventLine): boolean {
  // What waits for its turn is told when its first letter goes.
  if (held.has(one.id)) return false
  const own = line.participant === one.id
  if (own) return one.leftAt === null || event.type === 'participant-left'
  const reads = readsOf(of, one, now)
  if (one.leftAt !== null || reads === 'nothing' || line.confidential) return false
  // Before consent they know of the terms that they are asked to agree to, and of nothing else.
  if (reads === 'invitation') return line.kind === 'embargo' && line.participant === null && line.flaws.length === 0
  if (event.at < one.invitedAt && line.kind === 'party') return false
  if (line.flaws.some((flaw) => !(one.flaws as readonly string[]).includes(flaw))) return false
  return line.participant === null || participantsSeen(of, one.id).shown.some(({ id }) => id === line.participant)
}

async function homeOf(tx: Tx, person: string | null): Promise<string | null> {
  if (person === null) return null
  const row = await tx.db.selectFrom('person').select('organisation_id').where('id', '=', person).executeTakeFirst()
  return row?.organisation_id ?? null
}
