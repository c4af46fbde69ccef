import { permits, type Subject } from '../../../core/access/permits.ts'
import type { Action } from '../../../core/access/policy-table.ts'
import type { Principal } from '../../../core/access/principal.ts'
import type { Advisory } from '../../../core/advisories/advisory.ts'
import type { AdvisoryContent } from '../../../core/advisories/content.ts'
import { parseId } from '../../../core/kernel/id.ts'
import { type AdvisoryRecord, advisoryRowsNear, isNearAdvisory, loadAdvisoryRow } from '../../store/advisory.ts'
import type { Tx } from '../../store/connection.ts'
import type { DataKey } from '../../store/keys/key-store.ts'
import type { CaseDesk } from '../cases/case-desk.ts'
import { type LoadedCase, loadCase, loadCases, type SeenCase, seenBy, subjectOf } from '../cases/load-case.ts'
import { type AdvisoryBody, openAdvisory } from './advisory-body.ts'

/** An advisory with its case, as one command or query sees them. */
export interface LoadedAdvisory extends AdvisoryBody {
  readonly row: AdvisoryRecord
  readonly key: DataKey
  /** Of a closed case only who coordinated it is left. */
  readonly home: LoadedCase
}

/** The same, with who asks. */
export interface SeenAdvisory extends Omit<LoadedAdvisory, 'home'> {
  readonly home: SeenCase
  readonly subject: Subject
}

/** Loads an advisory for Weir itself; null where there is none or its key is gone. The case is locked before the advisory, always. */
export async function loadAdvisory(desk: CaseDesk, tx: Tx, text: string, lock = false): Promise<LoadedAdvisory | null> {
  const id = parseId('advisory', text)
  const first = id === null ? undefined : await loadAdvisoryRow(tx, id, false)
  const home = first === undefined ? null : await loadCase(desk, tx, first.case_id, lock)
  if (id === null || home === null) return null
  const row = lock ? await loadAdvisoryRow(tx, id, true) : first
  return row === undefined || row.case_id !== home.row.id ? null : openRow(desk, row, home)
}

function openRow(desk: CaseDesk, row: AdvisoryRecord, home: LoadedCase): LoadedAdvisory | null {
  const id = parseId('advisory', row.id)
  const [key] = desk.keys.get([row.key_slot])
  if (id === null || row.body === null || !key) return null
  return { ...openAdvisory(key, id, row.body), row, key: { slot: row.key_slot, key }, home }
}

/** Loads one for somebody whom the policy lets come near its draft; null for everyone else, whether there is such an advisory or not. */
export async function seeAdvisory(
  desk: CaseDesk,
  tx: Tx,
  who: Principal,
  action: Action,
  text: string,
  lock = false,
): Promise<SeenAdvisory | null> {
  const id = parseId('advisory', text)
  if (id === null || !(await isNearAdvisory(tx, who.organisation, id))) return null
  const loaded = await loadAdvisory(desk, tx, id, lock)
  return loaded === null ? null : seenAdvisory(who, action, loaded)
}

/** Of these advisories those whose drafts the policy lets somebody come near, in the order given, with as many questions as for one. */
export async function seeAdvisories(
  desk: CaseDesk,
  tx: Tx,
  who: Principal,
  action: Action,
  ids: readonly string[],
): Promise<SeenAdvisory[]> {
  const rows = new Map((await advisoryRowsNear(tx, who.organisation, ids)).map((row) => [row.id, row]))
  const cases = await loadCases(desk, tx, [...new Set([...rows.values()].map(({ case_id }) => case_id))])
  return ids.flatMap((id) => {
    const row = rows.get(id)
    const home = row === undefined ? undefined : cases.get(row.case_id)
    const loaded = row === undefined || home === undefined ? null : openRow(desk, row, home)
    return loaded === null ? [] : (seenAdvisory(who, action, loaded) ?? [])
  })
}

/** A loaded advisory as that principal stands to it; null where the policy does not let them. */
export function seenAdvisory(who: Principal, action: Action, loaded: LoadedAdvisory): SeenAdvisory | null {
  const home = seenBy(who, loaded.home)
  const subject = draftSubject(home, loaded.advisory)
  return permits(who, action, subject) ? { ...loaded, home, subject } : null
}

/** What the policy is told of a draft: it is read by who reads the content of its case, of every flaw that it speaks of. */
function draftSubject(home: SeenCase, advisory: Advisory): Subject {
  const reads = new Set<string>(home.flaws)
  const all = contentOf(advisory)?.flaws.every(({ id }) => reads.has(id)) ?? false
  return { ...subjectOf(home), noun: 'advisory-draft', party: home.reads === 'content' && all }
}

/** What an advisory says now: its draft, or its newest revision. */
export function contentOf({ draft, revisions }: Advisory): AdvisoryContent | null {
  return draft ?? revisions.at(-1)?.content ?? null
}
