import type { ActCase, CaseAct } from '../../../contract/shapes/case.ts'
import type { Principal } from '../../../core/access/principal.ts'
import type { Tx } from '../../store/connection.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { commandOf } from './act-command.ts'
import type { CaseDesk } from './case-desk.ts'
import { storePaper } from './case-papers.ts'
import { closeCase } from './close-case.ts'
import { askerOf, carryOut, workOnCase } from './command-case.ts'
import { judgeSeverity } from './judge-severity.ts'
import type { SeenCase } from './load-case.ts'
import { mergeCases } from './merge-cases.ts'
import { splitCase } from './split-case.ts'

/**
 * Acts that fit the case whatever else changed since it was read: they name what they answer (the terms that were shown, a proposal, a
 * status, each by its number, and core refuses another), or are about nobody but who acts. Of a hundred vendors who say yes in the
 * same minute none has to say it twice.
 */
const FIT_ANY_VERSION: ReadonlySet<CaseAct['do']> = new Set(['accept', 'decline', 'leave', 'answer', 'approve-status'])

/** Does what a person wants done in a case: a command of core, two of them over two cases, or the end of the case's key. */
export async function actCase(desk: CaseDesk, who: Principal, text: string, given: ActCase): Promise<Answer<null>> {
  const { act, version } = given
  const asked = { case: text, version: FIT_ANY_VERSION.has(act.do) ? null : version }
  const answer = await workOnCase(desk, who, asked, async (seen, tx) => {
    const asker = askerOf(who, seen)
    if (asker === null) return NOT_FOUND
    if (act.do === 'merge') return await mergeCases(desk, tx, who, seen, asker, act.from)
    if (act.do === 'split') return await splitCase(desk, tx, seen, asker, act)
    if (act.do === 'judge-severity') return await judgeSeverity(desk, tx, seen, act)
    const prepared = await commandOf(desk, tx, seen, act)
    if (!prepared.ok) return prepared
    const carried = await carryOut(desk, tx, seen, asker, prepared.value)
    if (!carried.ok) return carried
    if (act.do === 'report' && act.text.trim() !== '') await tellReason(desk, tx, seen, act)
    return done(null)
  })
  // It is closed whatever comes now: where its key cannot be destroyed at once, the sweeper goes on with it, and says so.
  if (answer.ok && ends(act)) await closeCase(desk, act.do === 'merge' ? act.from : text).catch(() => {})
  return answer
}

/** What somebody wrote when judging the report is a message to all that read what they read. */
async function tellReason(desk: CaseDesk, tx: Tx, seen: SeenCase, act: Extract<CaseAct, { do: 'report' }>): Promise<void> {
  const one = seen.parties.find(({ id }) => id === act.party)
  if (one === undefined) return
  const about = { kind: 'message' as const, title: `On the report: ${act.to}`, readers: null, flaws: one.flaws, at: null }
  const by = { participant: one.id, person: seen.person }
  await storePaper(desk, tx, seen, { ...about, ...by, content: Buffer.from(act.text) })
}

const ends = (act: CaseAct): boolean => act.do === 'close' || act.do === 'merge'
