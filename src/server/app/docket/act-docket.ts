import type { ActDocket, DocketAct } from '../../../contract/shapes/docket.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { type Answer, done } from '../answer.ts'
import { commandOf } from './act-command.ts'
import { actOnEndpoint } from './act-endpoint.ts'
import { commandDocket } from './command-docket.ts'
import type { DocketDesk } from './docket-desk.ts'

/**
 * Acts that fit the docket whatever else changed since it was read: core refuses a signature where another thing than the signed one
 * stands, by its digest, and a developer ends the window or withdraws at any moment. Two sides that sign in the same instant have
 * both signed.
 */
const FIT_ANY_VERSION: ReadonlySet<DocketAct['do']> = new Set([
  'sign-terms',
  'sign-report',
  'sign-receipt',
  'end-window',
  'withdraw',
])

/** Does what a person wants done to a docket. Each act is a command of core, or goes to the custodian of its key. */
export async function actDocket(desk: DocketDesk, who: Principal, text: string, given: ActDocket): Promise<Answer<null>> {
  const { act, version } = given
  if (act.do === 'probe' || act.do === 'dry-run' || act.do === 'rotate-key')
    return await actOnEndpoint(desk, who, text, version, act)
  const asked = { docket: text, version: FIT_ANY_VERSION.has(act.do) ? null : version }
  const done_ = await commandDocket(desk, who, asked, (seen, tx) => commandOf(desk, act, seen, tx))
  return done_.ok ? done(null) : done_
}
