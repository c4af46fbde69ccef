import type { CveOut, RelayList, RelayOut } from '../../../contract/shapes/relay.ts'
import { presentRelay } from '../../../core/access/present/advisory.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { SKEW } from '../../../core/cases/relay/match-reserved.ts'
import { OMISSIONS, RELAY_ROUTES } from '../../../core/cases/relay/relay-draft.ts'
import { UNDER_WAY } from '../../../core/cases/relay/sending.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import { REFUSALS, type RelayRefused } from '../../relay/outcome.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { newestAttempt } from '../../store/cve-number.ts'
import { type RelayRecord, relayRows } from '../../store/relay.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import type { SeenCase } from '../cases/load-case.ts'
import { reservationOf } from './cve-journal.ts'
import { filesOf, openRelay, type RelayBody, sendsOf } from './relay-body.ts'
import type { RelayDesk } from './relay-desk.ts'
import { seeHome } from './see-home.ts'

/** What was drafted and passed on of a case, with what is sent and what is left out, and the CVE ids of its flaws. */
export async function listRelays(desk: RelayDesk, who: Principal, text: string): Promise<Answer<Presented<RelayList>>> {
  return await inTransaction(desk.store, 'all', async (tx) => {
    const seen = await seeHome(desk, tx, who, 'list', text)
    if (seen === null) return NOT_FOUND
    const { home, subject } = seen
    // Of a closed case the drafts are gone with its key.
    const rows = home.case.state === 'closed' ? [] : await relayRows(tx, home.case.id)
    const view: RelayList = {
      rows: rows.map((row) => relayOut(desk, home, row)),
      cves: await Promise.all(home.case.flaws.map(({ flaw, cve }) => cveOut(tx, home, flaw, cve))),
      open: [
        ...RELAY_ROUTES.filter((route) => desk.settings[route] !== null),
        ...(desk.settings.cve === null ? [] : (['cve'] as const)),
      ],
      production: desk.settings.cve?.production ?? false,
    }
    const shown = presentRelay(who, subject, view)
    return shown === null ? NOT_FOUND : done(shown)
  })
}

function relayOut(desk: RelayDesk, { case: of, key, now }: SeenCase, row: RelayRecord): RelayOut {
  const body = openRelay(key.key, { case: of.id, id: row.id }, row.body)
  const { draft, place, sending } = body
  const host = desk.settings[row.route]?.base.host ?? row.route
  return {
    id: row.id,
    flaw: row.flaw_id,
    route: row.route,
    to: place === null ? host : `${host}, ${place.owner}/${place.repository}`,
    state: sending?.state === 'begun' && now > sending.at + UNDER_WAY ? 'unsure' : row.state,
    says: saysOf(body),
    digest: draft.digest,
    sends: sendsOf(draft),
    files: filesOf(draft).map(({ filename, kind, bytes }) => ({ name: filename, kind, bytes: bytes.length })),
    leftOut: draft.leftOut.map(({ what, why }) => ({ what, says: OMISSIONS[why] })),
    removed: draft.removed,
    lacks: [...draft.lacks],
    handle: row.handle,
    retryAt: sending?.state === 'not-sent' && sending.retryAt !== null ? formatInstant(sending.retryAt) : null,
    madeAt: formatInstant(instant(row.made_at)),
  }
}

function saysOf({ sending }: RelayBody): string {
  switch (sending?.state) {
    case undefined:
      return 'Nothing was sent.'
    case 'begun':
    case 'unsure':
      return 'Nobody knows whether it arrived: ask the other side, then say what became of it.'
    case 'dropped':
      return sending.reason === null ? 'It was dropped.' : `It was dropped: ${sending.reason}`
    case 'sent':
      return `It arrived, and is handled as ${sending.handle}.`
    case 'not-sent':
      return Object.hasOwn(REFUSALS, sending.code) ? REFUSALS[sending.code as RelayRefused] : 'It did not arrive.'
  }
}

async function cveOut(tx: Tx, { now }: SeenCase, flaw: string, cve: string | null): Promise<CveOut> {
  const row = await newestAttempt(tx, flaw)
  const reservation = reservationOf(row)
  const at = row === undefined || reservation.state === 'none' ? null : formatInstant(instant(row.at))
  const { state } = reservation
  if ('id' in reservation) return { flaw, cve: state === 'rejected' ? null : reservation.id, state, at }
  // Whoever asked has died since: nobody waits for that answer any more.
  const lost = reservation.state === 'asking' && now > reservation.since + SKEW
  return { flaw, cve, state: lost ? 'unsure' : state, at }
}
