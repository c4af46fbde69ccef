import { sql } from 'kysely'
import type { CaseEvent } from '../../../core/cases/case-event.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { openJson } from '../../store/keys/seal.ts'
import type { CaseDesk } from '../cases/case-desk.ts'
import { type LoadedCase, loadCase } from '../cases/load-case.ts'
import { entryPlace } from '../cases/store-case.ts'
import { uptakeOf } from '../exposure/uptake-count.ts'
import { KeptDates } from './case-dates.ts'
import { type CaseFacts, caseRoads, type FlawStart } from './case-roads.ts'
import type { FlawRoad } from './funnel-step.ts'

const AT_ONCE = 200
const HALF = 50
/** What the funnel needs of a case's log; the rest stays sealed. */
const TYPES: readonly CaseEvent['type'][] = [
  'report-judged',
  'embargo-accepted',
  'embargo-revised',
  'embargo-ended',
  'invitation-accepted',
  'invitation-declined',
  'embargo-answered',
  'proposal-rejected',
]

/** The roads of all flaws that are or were in a case, by flaw, and which dates were kept. Reads case by case. */
export async function readRoads(desk: CaseDesk): Promise<{ roads: ReadonlyMap<string, FlawRoad>; dates: KeptDates }> {
  const roads = new Map<string, FlawRoad>()
  const dates = new KeptDates()
  let after = ''
  for (;;) {
    const ids = await inTransaction(desk.store, 'all', async (tx) => {
      const page = await idsAfter(tx, after)
      for (const id of page) {
        const loaded = await loadCase(desk, tx, id)
        if (loaded !== null) await readOne(desk, tx, loaded, roads, dates)
      }
      return page
    })
    const last = ids.at(-1)
    if (last === undefined) return { roads, dates }
    after = last
  }
}

async function idsAfter(tx: Tx, after: string): Promise<string[]> {
  const rows = await tx.db.selectFrom('case_file').select('id').where('id', '>', after).orderBy('id').limit(AT_ONCE).execute()
  return rows.map(({ id }) => id)
}

async function readOne(
  desk: CaseDesk,
  tx: Tx,
  loaded: LoadedCase,
  roads: Map<string, FlawRoad>,
  dates: KeptDates,
): Promise<void> {
  const { case: of } = loaded
  const events = loaded.purge === null ? await eventsOf(tx, loaded) : []
  dates.read(events)
  const starts = await startsOf(
    tx,
    of.flaws.map(({ flaw }) => flaw),
  )
  const read = caseRoads(of, await factsOf(desk, tx, loaded, events, dates), starts)
  for (const [flaw, road] of read) {
    // Of a flaw in several cases one after the other, the one that came further.
    if ((roads.get(flaw)?.took.size ?? 0) < road.took.size) roads.set(flaw, road)
  }
}

async function eventsOf(tx: Tx, { case: of, key }: LoadedCase): Promise<CaseEvent[]> {
  const rows = await tx.db
    .selectFrom('case_entry')
    .select(['version', 'body'])
    .where('case_id', '=', of.id)
    .where('type', 'in', TYPES)
    .orderBy('version')
    .execute()
  return rows.flatMap(({ version, body }) =>
    body.length === 0 ? [] : [openJson<CaseEvent>(key.key, body, entryPlace(of.id, version))],
  )
}

async function factsOf(
  desk: CaseDesk,
  tx: Tx,
  { case: of, now }: LoadedCase,
  events: readonly CaseEvent[],
  dates: KeptDates,
): Promise<CaseFacts> {
  const acceptedAt = new Map<string, number>()
  for (const event of events)
    if (event.type === 'report-judged' && event.move === 'accept' && !acceptedAt.has(event.participant))
      acceptedAt.set(event.participant, event.at)
  const letters = await tx.db
    .selectFrom('letter')
    .select(['state', 'send_at', 'sent_at', 'project_id'])
    .where('case_id', '=', of.id)
    .where('party_id', 'is not', null)
    .execute()
  for (const { send_at, sent_at } of letters) if (send_at !== null) dates.letter(send_at, sent_at, now)
  const toMakers = letters.filter(({ project_id }) => project_id !== null)
  const sent = toMakers.flatMap(({ sent_at }) => sent_at ?? [])
  const waiting = toMakers.some(({ state }) => state === 'queued' || state === 'sending')
  const draft = toMakers.some(({ state }) => state === 'draft')
  const relayed = await tx.db
    .selectFrom('relay')
    .select(['flaw_id', 'changed_at'])
    .where('case_id', '=', of.id)
    .where('state', '=', 'sent')
    .execute()
  return {
    acceptedAt,
    lettersAt: sent.length === 0 ? null : Math.min(...sent),
    letterWaits: waiting ? 'turn' : draft ? 'person' : null,
    relayedAt: new Map(relayed.map(({ flaw_id, changed_at }) => [flaw_id, changed_at])),
    patched: await patchedOf(desk, tx, of.flaws),
  }
}

/** Half of what reporting operators have, as it may be told: of few of them nothing is counted here either. */
async function patchedOf(desk: CaseDesk, tx: Tx, flaws: LoadedCase['case']['flaws']): Promise<ReadonlySet<string>> {
  const patched = new Set<string>()
  for (const { flaw, cve, public: open } of flaws) {
    if (cve === null || open === null) continue
    const { patchedPercent } = await uptakeOf(desk, tx, [cve], null)
    if (patchedPercent !== null && patchedPercent >= HALF) patched.add(flaw)
  }
  return patched
}

async function startsOf(tx: Tx, flaws: readonly string[]): Promise<Map<string, FlawStart>> {
  if (flaws.length === 0) return new Map()
  const { rows } = await sql<{ id: string; first_at: number; proof: string; confirmed_at: number | null }>`
    select f.id, f.first_at, f.proof, (select min(v.ended_at) from validation v
      where v.flaw_id = f.id and v.coordination and v.state = 'done') as confirmed_at
    from flaw f where f.id = any(${[...flaws]}::text[])`.execute(tx.db)
  return new Map(
    rows.map((row) => {
      const confirmed = row.proof === 'confirmed'
      return [row.id, { foundAt: row.first_at, confirmed, confirmedAt: confirmed ? row.confirmed_at : null }]
    }),
  )
}
