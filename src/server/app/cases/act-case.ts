import type { ActCase, CaseAct } from '../../../contract/shapes/case.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { commandOf } from './act-command.ts'
import type { CaseDesk } from './case-desk.ts'
import { closeCase } from './close-case.ts'
import { askerOf, carryOut, workOnCase } from './command-case.ts'
import { judgeSeverity } from './judge-severity.ts'
import { mergeCases } from './merge-cases.ts'
import { splitCase } from './split-case.ts'

/** Does what a person wants done in a case: a command of core, two of them over two cases, or the end of the case's key. */
export async function actCase(desk: CaseDesk, who: Principal, text: string, given: ActCase): Promise<Answer<null>> {
  const { act, version } = given
  const answer = await workOnCase(desk, who, { case: text, version }, async (seen, tx) => {
    const asker = askerOf(who, seen)
    if (asker === null) return NOT_FOUND
    if (act.do === 'merge') return await mergeCases(desk, tx, who, seen, asker, act.from)
    if (act.do === 'split') return await splitCase(desk, tx, seen, asker, act)
    if (act.do === 'judge-severity') return await judgeSeverity(desk, tx, seen, act)
    const prepared = await commandOf(desk, tx, seen, act)
    if (!prepared.ok) return prepared
    const carried = await carryOut(desk, tx, seen, asker, prepared.value)
    return carried.ok ? done(null) : carried
  })
  if (answer.ok && ends(act)) await closeCase(desk, act.do === 'merge' ? act.from : text)
  return answer
}

const ends = (act: CaseAct): boolean => act.do === 'close' || act.do === 'merge'
