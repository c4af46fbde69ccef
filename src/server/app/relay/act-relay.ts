import type { ActRelay } from '../../../contract/shapes/relay.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { schemeOf } from '../../../core/cases/relay/alias.ts'
import { sha256 } from '../../ledger/secrets.ts'
import { dropRelay, type RelayDeps, sendRelay, settleRelay } from '../../relay/send-relay.ts'
import { inTransaction } from '../../store/connection.ts'
import { loadRelayRow } from '../../store/relay.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { openRelay } from './relay-body.ts'
import type { RelayDesk } from './relay-desk.ts'
import { relayJournal } from './relay-journal.ts'
import { seeHome } from './see-home.ts'

/**
 * Sends a draft by a person's click, once, with the digest that the person saw; takes their word on what became of one that had no
 * answer; or drops one. The identifier that comes back is kept as an alias of the flaw.
 */
export async function actRelay(
  desk: RelayDesk,
  who: Principal,
  place: { readonly case: string; readonly relay: string },
  act: ActRelay,
): Promise<Answer<null>> {
  const { person } = who
  const found = await inTransaction(desk.store, 'all', async (tx) => {
    const seen = await seeHome(desk, tx, who, 'decide', place.case)
    const row = seen === null ? undefined : await loadRelayRow(tx, seen.home.case.id, place.relay)
    return seen === null || row === undefined ? null : { home: seen.home, row }
  })
  if (found === null || person === null) return NOT_FOUND
  const { home, row } = found
  if (home.case.state === 'closed') return denied('case.closed')
  const { draft, place: to } = openRelay(home.key.key, { case: home.case.id, id: row.id }, row.body)
  const deps: RelayDeps = {
    settings: desk.settings,
    journal: relayJournal(desk, home.case.id, home.key),
    exchange: desk.exchange,
    now: desk.clock,
    random: desk.random,
    sha256,
  }
  if (act.do === 'settle') {
    if (act.handle !== null && schemeOf(act.handle.trim()) === null)
      return denied('request.invalid', 'This is not an identifier that a coordinator gives.', 'handle')
    return said(await settleRelay(row.id, act.handle?.trim() ?? null, person, deps))
  }
  if (act.do === 'drop') return said(await dropRelay(row.id, act.reason.trim() || null, person, deps))
  const outcome = await sendRelay(draft, { draftId: row.id, place: to, by: person, seen: act.digest }, deps)
  if (outcome.ok) return done(null)
  if ('unsure' in outcome) return denied('relay.refused', outcome.say, 'relay.unsure')
  return denied('relay.refused', [outcome.say, ...outcome.faults].join(' '), outcome.refused)
}

function said(outcome: Awaited<ReturnType<typeof settleRelay>>): Answer<null> {
  if (outcome === null) return denied('relay.refused', 'Somebody else was quicker; look again.')
  return 'say' in outcome ? denied('relay.refused', outcome.say, outcome.code) : done(null)
}
