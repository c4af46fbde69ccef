import type { CaseRow } from '../../../contract/shapes/case.ts'
import type { PriorityOut } from '../../../contract/shapes/flaw.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { isMaker } from '../../../core/cases/roster.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import type { Tx } from '../../store/connection.ts'
import { FLAW_COLUMNS, flawRows } from '../flaws/flaw-view.ts'
import type { CaseDesk } from './case-desk.ts'
import { endsAt } from './ends-at.ts'
import { type SeenCase, seeCases } from './load-case.ts'
import { type Viewer, viewersOf } from './viewer.ts'
import { type Asked, asksOf, nextMove } from './whose-move.ts'

/** What a list shows of a flaw. */
export interface FlawLine {
  readonly title: string
  readonly target: string | null
  readonly priority: PriorityOut | null
}

/** Lines of flaws by id, read with the flaws' own keys. */
export async function flawLines(desk: Pick<CaseDesk, 'keys'>, tx: Tx, ids: readonly string[]): Promise<Map<string, FlawLine>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.db
    .selectFrom('flaw')
    .select(FLAW_COLUMNS)
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Map(flawRows(desk.keys, rows).map(({ id, title, target, priority }) => [id, { title, target, priority }]))
}

/** Rows of those of these cases that the asker may come near, in the order given, each with the case and who of it is seen. */
export async function seeRows(
  desk: CaseDesk,
  tx: Tx,
  who: Principal,
  ids: readonly string[],
): Promise<{ readonly row: CaseRow; readonly seen: SeenCase; readonly viewer: Viewer }[]> {
  const cases = await seeCases(desk, tx, who, 'list', ids)
  const viewers = await viewersOf(tx, cases)
  const flaws = cases.flatMap((seen, n) => flawsShown(seen, viewers[n]!))
  const lines = await flawLines(desk, tx, flaws)
  return cases.map((seen, n) => ({ row: caseRow(seen, viewers[n]!, lines), seen, viewer: viewers[n]! }))
}

/** The flaws whose lines a row of the asker shows: those read, or the product of an invitation that names it. */
export function flawsShown({ flaws }: SeenCase, { invited }: Viewer): readonly string[] {
  return flaws.length > 0 ? flaws : invited?.what.showsProduct ? invited.to.offered : []
}

const ASKS: Readonly<Record<Asked, string>> = {
  invitation: 'Answer the invitation.',
  proposal: 'Answer the proposal for the end of the embargo.',
  report: 'Look at the report: accept, defer or dispute it.',
  approval: 'A second person of yours approves what was stated.',
}

const RANKS = ['immediate', 'out-of-cycle', 'scheduled', 'defer'] as const

/** One case in a list, as much of it as the asker reads. */
export function caseRow(seen: SeenCase, viewer: Viewer, lines: ReadonlyMap<string, FlawLine>): CaseRow {
  const { case: of, now, flaws, reads, coordinator, row, parties } = seen
  const shown = flawsShown(seen, viewer).flatMap((id) => lines.get(id) ?? [])
  const content = flaws.length > 0 && of.state === 'open'
  const first = shown[0]
  const move = nextMove(of, now)
  const asked = coordinator ? null : (parties.map((one) => asksOf(of, one)).find((one) => one !== null) ?? null)
  const yours = coordinator ? move.whose === 'coordinator' : asked !== null
  const more = flaws.length > 1 ? ` and ${flaws.length - 1} more` : ''
  const ranked = [...shown].sort((a, b) => rankOf(a) - rankOf(b))
  const end = viewer.as === null ? (viewer.invited?.what.embargo?.endsAt ?? null) : endsAt(of)
  return {
    id: of.id,
    title: content && first !== undefined ? `${first.title.slice(0, 200)}${more}` : null,
    target: of.state === 'open' ? (first?.target ?? null) : null,
    state: of.state,
    priority: content ? (ranked[0]?.priority ?? null) : null,
    embargo: of.embargo.state,
    endsAt: end === null ? null : formatInstant(end),
    reads: reads === 'content' ? 'content' : 'invitation',
    flaws: flaws.length > 0 ? flaws.length : (viewer.invited?.to.offered.length ?? of.flaws.length),
    parties: viewer.as === null ? 0 : viewer.shown.filter(({ leftAt }) => leftAt === null).length + viewer.hidden,
    unsaid: viewer.as === null ? 0 : viewer.shown.filter(isUnsaid).length,
    next: asked === null ? (viewer.as === null ? '' : move.next) : ASKS[asked],
    whoseMove: yours ? 'yours' : viewer.as === null ? 'nobody' : move.whose,
    changedAt: formatInstant(instant(row.changed_at)),
  }
}

const rankOf = ({ priority }: FlawLine): number => (priority === null ? RANKS.length : RANKS.indexOf(priority.outcome))

/** A maker who was let in, or asked, and of whom no status is known. */
function isUnsaid({ kind, leftAt, works }: Viewer['shown'][number]): boolean {
  return isMaker(kind) && leftAt === null && works.every(({ status }) => status === null)
}
