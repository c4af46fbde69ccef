import type { CustodyAnswer, CustodyRefusal } from '../../../contract/custody.ts'
import { termsInForce } from '../../../core/docket/decide-terms.ts'
import type { Docket } from '../../../core/docket/docket.ts'
import { type AccessPolicy, policyOf } from '../../../core/docket/policy.ts'
import { latestEnd, windowEnd } from '../../../core/docket/window.ts'
import { inTransaction } from '../../store/connection.ts'
import { openDocketIds } from '../../store/docket.ts'
import { type Answer, denied, done } from '../answer.ts'
import { type Custody, CustodyGone } from './custody-port.ts'
import type { DocketDesk } from './docket-desk.ts'
import { loadDocket } from './load-docket.ts'

interface Laid {
  readonly opens: number
  readonly ends: number
  readonly latest: number
}

type Wish = { readonly shut: 'withdrawn' | 'closing' } | { readonly lay: Laid } | null

// A window that was laid down cannot be taken up again, only laid elsewhere: an opening in a time that never comes.
const FAR = 8_000_000_000_000_000
const NEVER: Laid = { opens: FAR - 1, ends: FAR, latest: FAR }

/** What the custodian has to know of a docket as it stands: that it is shut, or its window; null before there is either. */
function wishOf(docket: Docket, policy: AccessPolicy): Wish {
  const { window, state, endpoint } = docket
  if (endpoint === null) return null
  if (docket.withdrawnAt !== null) return { shut: 'withdrawn' }
  if (docket.closing !== null || (window?.closed ?? null) !== null) return { shut: 'closing' }
  if (window === null) return null
  if (state === 'window-open' && window.openedAt !== null && window.endsAt !== null)
    return { lay: { opens: window.openedAt, ends: window.endsAt, latest: latestEnd(window.openedAt, policy) } }
  const terms = termsInForce(docket)
  if (state !== 'access-ready' || window.agreedAt === null || terms?.facts.opensBy !== 'agreed-instant') return null
  const opens = window.agreedAt
  const ends = windowEnd({ opensAt: opens, days: terms.facts.days, granted: 0, planned: docket.planned }, policy)
  return { lay: ends <= opens ? NEVER : { opens, ends, latest: latestEnd(opens, policy) } }
}

/**
 * Tells the custodian what a change of a docket means for its key, before the change is stored. Shutting never fails a command: a
 * custodian that cannot be reached lets no call pass, and is told again before anything else when it is back.
 */
export async function tellChange(custody: Custody, before: Docket, after: Docket, policy: AccessPolicy): Promise<Answer<null>> {
  const wish = wishOf(after, policy)
  if (wish === null) {
    // What had been laid down holds no more, for example because the terms are open again.
    const earlier = wishOf(before, policy)
    return earlier !== null && 'lay' in earlier ? await lay(custody, after.id, NEVER) : done(null)
  }
  if (JSON.stringify(wish) === JSON.stringify(wishOf(before, policy))) return done(null)
  if ('lay' in wish) return await lay(custody, after.id, wish.lay)
  await shut(custody, after.id, wish.shut)
  return done(null)
}

/**
 * Tells the custodian of every docket that is not closed, each as its record says. Told twice nothing changes. Answers the errors of
 * those that could not be told; one of them keeps no other from it.
 */
export async function tellAll(desk: DocketDesk): Promise<unknown[]> {
  const ids = await inTransaction(desk.store, 'all', openDocketIds)
  const failed: unknown[] = []
  for (const id of ids) await tellAgain(desk, id).catch((error: unknown) => failed.push(error))
  return failed
}

/** Tells the custodian of one docket as its record says. */
export async function tellAgain(desk: DocketDesk, id: string): Promise<void> {
  await inTransaction(desk.store, 'all', async (tx) => {
    const loaded = await loadDocket(desk, tx, id, true)
    const policy = loaded === null ? null : policyOf(loaded.docket.policy)
    if (loaded === null || policy === null) return
    const wish = wishOf(loaded.docket, policy)
    if (wish === null) return
    if ('lay' in wish) await lay(desk.custody, loaded.docket.id, wish.lay)
    else await shut(desk.custody, loaded.docket.id, wish.shut)
  })
}

async function lay(custody: Custody, docket: string, window: Laid): Promise<Answer<null>> {
  return refusalOf(await askCustody(custody, { do: 'window', docket, ...window })) ?? done(null)
}

async function shut(custody: Custody, docket: string, why: 'withdrawn' | 'closing'): Promise<void> {
  await askCustody(custody, { do: 'shut', docket, why })
}

type Asked = CustodyAnswer | { readonly did: 'gone' }

/** Asks the custodian; that it cannot be reached is an answer too. */
export async function askCustody(custody: Custody, request: Parameters<Custody['ask']>[0]): Promise<Asked> {
  try {
    return await custody.ask(request)
  } catch (error) {
    if (error instanceof CustodyGone) return { did: 'gone' }
    throw error
  }
}

/** The refusal in a custodian's answer as a problem; null where it did what it was asked. */
export function refusalOf(answer: Asked, ...forgive: CustodyRefusal[]) {
  if (answer.did === 'gone')
    return denied('server.unavailable', 'The custodian of the keys does not answer; try again in a minute.')
  if (answer.did !== 'refused' || forgive.includes(answer.code)) return null
  return denied('custody.refused', answer.say, answer.code)
}
