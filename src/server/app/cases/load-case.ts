import { permits, type Subject } from '../../../core/access/permits.ts'
import type { Action } from '../../../core/access/policy-table.ts'
import type { Principal } from '../../../core/access/principal.ts'
import type { Case, Participant } from '../../../core/cases/case.ts'
import { type Id, parseId } from '../../../core/kernel/id.ts'
import { type Instant, instant } from '../../../core/kernel/instant.ts'
import { type CaseRecord, isParty, loadCaseRow, loadCaseRows, loadCaseStanding, loadStandings } from '../../store/case.ts'
import type { Tx } from '../../store/connection.ts'
import type { DataKey } from '../../store/keys/key-store.ts'
import { type CaseBody, openBody } from './case-body.ts'
import type { CaseDesk } from './case-desk.ts'
import { endsAt } from './ends-at.ts'
import { heldInCases } from './held-parties.ts'
import { type Reads, readsOf } from './reads-of.ts'
import { readClocks, type TwoClocks } from './releasing-now.ts'

/** A case as one command or query sees it, at one instant. */
export interface LoadedCase extends CaseBody {
  readonly row: CaseRecord
  readonly now: Instant
  readonly key: DataKey
  /** Participants that the case has not come to yet: they wait for their turn at their project's pace. */
  readonly held: ReadonlySet<string>
}

/** The same, with who asks. */
export interface SeenCase extends LoadedCase {
  readonly person: Id<'person'> | null
  /** Coordinates this case. */
  readonly coordinator: boolean
  /** Those for which the asker speaks; the chair is among a coordinator's. */
  readonly parties: readonly Participant[]
  readonly reads: Reads
  /** Flaws whose content the asker reads. */
  readonly flaws: readonly Id<'flaw'>[]
}

/** Loads a case for Weir itself; null where there is none or its key is gone. */
export async function loadCase(desk: CaseDesk, tx: Tx, id: string, lock = false): Promise<LoadedCase | null> {
  const row = await loadCaseRow(tx, id, lock)
  const [loaded] = row === undefined ? [] : await openCases(desk, tx, [row])
  return loaded ?? null
}

/** Loads many, by id; those whose key is gone are left out. */
export async function loadCases(desk: CaseDesk, tx: Tx, ids: readonly string[]): Promise<Map<string, LoadedCase>> {
  const loaded = await openCases(desk, tx, await loadCaseRows(tx, ids))
  return new Map(loaded.map((one) => [one.row.id, one]))
}

/** Opens many at one instant, with as many questions as for one; those whose key is gone are left out. */
async function openCases(desk: CaseDesk, tx: Tx, rows: readonly CaseRecord[]): Promise<LoadedCase[]> {
  const keys = desk.keys.get(rows.map(({ key_slot }) => key_slot))
  const opened = rows.flatMap((row, n) => {
    const key = keys[n]
    return key ? [{ row, body: openBody(key, row.id, row.body), key: { slot: row.key_slot, key } }] : []
  })
  if (opened.length === 0) return []
  const heldIn = await heldInCases(
    tx,
    opened.map(({ body }) => body),
  )
  const clocks = await readClocks(desk, tx)
  return opened.map(({ row, body, key }) => ({ ...body, row, key, now: caseNow(clocks, body.case), held: heldIn(body) }))
}

/** The earlier of both clocks; while they differ, an instant before the embargo's end, for nothing ends by a clock that is in doubt. */
function caseNow({ now, agree }: TwoClocks, of: Case): Instant {
  const end = endsAt(of)
  return agree || end === null || now < end ? now : instant(end - 1)
}

/** Loads a case for somebody whom the policy lets come near it; null for everyone else, whether there is such a case or not. */
export async function seeCase(
  desk: CaseDesk,
  tx: Tx,
  who: Principal,
  action: Action,
  text: string,
  lock = false,
): Promise<SeenCase | null> {
  const id = parseId('case', text)
  if (id === null) return null
  // Both are asked whether there is such a case or not, and nothing is opened for a stranger: the answers take the same time.
  const row = await loadCaseStanding(tx, id)
  const party = await isParty(tx, id, who.organisation)
  if (row === undefined || !permits(who, action, { ...subjectOf({ row, reads: 'nothing' }), party })) return null
  const loaded = await loadCase(desk, tx, id, lock)
  if (loaded === null) return null
  const seen = seenBy(who, loaded)
  return permits(who, action, subjectOf(seen)) ? seen : null
}

/** Of these cases those that the policy lets somebody come near, in the order given: lists take as many questions as one case. */
export async function seeCases(
  desk: CaseDesk,
  tx: Tx,
  who: Principal,
  action: Action,
  ids: readonly string[],
): Promise<SeenCase[]> {
  const standings = await loadStandings(tx, ids, who.organisation)
  const near = standings.filter(({ party, ...row }) => permits(who, action, { ...subjectOf({ row, reads: 'nothing' }), party }))
  const rows = await loadCaseRows(
    tx,
    near.map(({ id }) => id),
  )
  const order = new Map(ids.map((id, n) => [id, n]))
  const loaded = await openCases(desk, tx, rows)
  return loaded
    .map((one) => seenBy(who, one))
    .filter((seen) => permits(who, action, subjectOf(seen)))
    .sort((a, b) => order.get(a.row.id)! - order.get(b.row.id)!)
}

/** A loaded case as that principal stands to it. */
export function seenBy(who: Principal, loaded: LoadedCase): SeenCase {
  const of = loaded.case
  const coordinator = who.organisation === of.coordinator && who.roles.includes('coordinator')
  const parties = of.participants.filter(
    ({ id, organisation, leftAt }) =>
      leftAt === null &&
      !loaded.held.has(id) &&
      (id === of.chair ? coordinator : organisation !== null && organisation === who.organisation),
  )
  const all = parties.map((one) => readsOf(of, one, loaded.now))
  const reads = all.includes('content') ? 'content' : all.includes('invitation') ? 'invitation' : 'nothing'
  const flaws = parties.flatMap((one, n) => (all[n] === 'content' ? one.flaws : []))
  return { ...loaded, person: who.person, coordinator, parties, reads, flaws: [...new Set(flaws)] }
}

/** What the policy is told of a case: coordination sees its own, all others must take part or be invited. */
export function subjectOf({
  row,
  reads,
}: Pick<SeenCase, 'reads'> & { readonly row: Pick<CaseRecord, 'coordinator_id' | 'stage'> }): Subject {
  const organisation = row.coordinator_id as Id<'organisation'>
  return { noun: 'case', stage: row.stage, organisation, person: null, held: false, party: reads !== 'nothing' }
}
