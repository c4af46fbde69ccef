import { CONTACT_LADDERS, type InfoDeed, type LadderDeed } from '../../../core/cases/ladder/contact-ladder.ts'
import { type NextStep, nextStep } from '../../../core/cases/ladder/next-step.ts'
import { MONDAY_TO_FRIDAY } from '../../../core/cases/ladder/work-calendar.ts'
import type { LetterKind } from '../../../core/cases/letters/letter-kind.ts'
import type { Instant } from '../../../core/kernel/instant.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { addNotice } from '../../store/notice.ts'
import { type LoadedCase, loadCase } from '../cases/load-case.ts'
import type { ProjectDesk } from '../projects/project-desk.ts'
import { contactHistories, type HistoryOf } from './contact-history.ts'
import { makeLetter } from './make-letter.ts'

/** The template in which a step is drafted; the others are a person's own doing. */
const DRAFTED: Partial<Record<LadderDeed | InfoDeed, LetterKind>> = {
  remind: 'reminder',
}

type Due = Extract<NextStep, { readonly step: string }>

interface LadderLine {
  readonly at: Instant
  readonly says: string
}

/** The next step with each participant of these cases that was written to and has not answered, for the coordinator's calendar. */
export async function ladderLines(tx: Tx, cases: readonly LoadedCase[]): Promise<(of: LoadedCase) => LadderLine[]> {
  const historyOf = await contactHistories(
    tx,
    cases.map(({ row }) => row.id),
  )
  return (of) => stepsOf(of, historyOf).map(({ next }) => ({ at: next.deadline.at, says: next.proposes }))
}

/** Cases with letters, some at a time. */
const AT_ONCE = 200

/** Makes drafts of what ladders propose and is due; nothing is sent, and no step is drafted twice. Returns how many it made. */
export async function draftLadders(desk: ProjectDesk): Promise<number> {
  let made = 0
  let after = ''
  for (;;) {
    const ids = await inTransaction(desk.store, 'all', async (tx) => await writtenTo(tx, after))
    for (const id of ids) made += await inTransaction(desk.store, 'all', async (tx) => await draftsFor(desk, tx, id))
    after = ids.at(-1) ?? ''
    if (ids.length < AT_ONCE) return made
  }
}

async function writtenTo(tx: Tx, after: string): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('letter')
    .innerJoin('case_file', 'case_file.id', 'letter.case_id')
    .select('letter.case_id')
    .distinct()
    .where('case_file.stage', '=', 'open')
    .where('letter.sent_at', 'is not', null)
    .where('letter.case_id', '>', after)
    .orderBy('letter.case_id')
    .limit(AT_ONCE)
    .execute()
  return rows.map(({ case_id }) => case_id)
}

async function draftsFor(desk: ProjectDesk, tx: Tx, id: string): Promise<number> {
  const loaded = await loadCase(desk, tx, id, true)
  if (loaded === null || loaded.case.state === 'closed') return 0
  let made = 0
  for (const { participant, next } of stepsOf(loaded, await contactHistories(tx, [id]))) {
    if (!next.due || (await isKnown(tx, id, participant, next.step, next.since))) continue
    const told = { organisation: loaded.case.coordinator, case: id, kind: `ladder-${next.does}`, at: loaded.now }
    const kind = DRAFTED[next.does]
    const byHand = kind === undefined ? next.proposes : null
    const draft = { kind: kind ?? 'reminder', participant, words: null, person: null, step: next.step, next: null, byHand }
    const letter = await makeLetter(desk, tx, loaded, draft)
    if (!letter.ok) continue
    await addNotice(tx, desk.random, { ...told, thing: letter.value })
    made++
  }
  return made
}

/** Was this step drafted in this wait already, whatever became of it? */
async function isKnown(tx: Tx, of: string, party: string, step: string, since: number): Promise<boolean> {
  const rows = await tx.db
    .selectFrom('letter')
    .select('made_at')
    .where('case_id', '=', of)
    .where('party_id', '=', party)
    .where('step', '=', step)
    .execute()
  return rows.some(({ made_at }) => made_at >= since)
}

function stepsOf({ case: of, now }: LoadedCase, historyOf: HistoryOf): { participant: string; next: Due }[] {
  const ladder = CONTACT_LADDERS[0]!
  const found: { participant: string; next: Due }[] = []
  for (const { id, leftAt, report } of of.participants) {
    if (leftAt !== null || id === of.chair) continue
    // Whoever judged the report has spoken, by whichever way.
    if (report === 'accepted' || report === 'invalid' || report === 'deferred' || report === 'closed') continue
    const next = nextStep(ladder, historyOf({ case: of.id, party: id }), now, MONDAY_TO_FRIDAY)
    if (next.waits !== null) found.push({ participant: id, next })
  }
  return found
}
