import type { ActCve } from '../../../contract/shapes/relay.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { cveOf } from '../../../core/advisories/completeness.ts'
import type { Edition } from '../../../core/advisories/edition.ts'
import type { CvePlace } from '../../../core/cases/relay/reservation.ts'
import { parseId } from '../../../core/kernel/id.ts'
import { formatInstant } from '../../../core/kernel/instant.ts'
import { plainText } from '../../../formats/advisory/plain-text.ts'
import { cnaContainer } from '../../../formats/advisory/render-cve.ts'
import type { CveDeps } from '../../relay/cve/cve-deps.ts'
import { publishCve, rejectCve } from '../../relay/cve/publish-cve.ts'
import { reserveCve } from '../../relay/cve/reserve-cve.ts'
import { chooseCve, settleCve } from '../../relay/cve/settle-cve.ts'
import type { Outcome } from '../../relay/outcome.ts'
import { inTransaction } from '../../store/connection.ts'
import { newestAttempt } from '../../store/cve-number.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { askerOf, carryOut } from '../cases/command-case.ts'
import { cveJournal, reservationOf } from './cve-journal.ts'
import type { RelayDesk } from './relay-desk.ts'
import { seeHome } from './see-home.ts'

/**
 * Does what a coordinator wants of the CVE id of one flaw. That a number is asked for is kept before CVE Services hears of it; one
 * whose answer was lost is looked for in the list of reserved ids, or a person says which it was. What is known is set in the case.
 */
export async function actCve(
  desk: RelayDesk,
  who: Principal,
  given: { readonly case: string; readonly flaw: string },
  act: ActCve,
): Promise<Answer<null>> {
  const { person } = who
  const seen = await inTransaction(desk.store, 'all', (tx) => seeHome(desk, tx, who, 'decide', given.case))
  const flaw = parseId('flaw', given.flaw)
  if (seen === null || person === null || flaw === null) return NOT_FOUND
  const { case: of, now } = seen.home
  if (!of.flaws.some((one) => one.flaw === flaw)) return NOT_FOUND
  if (of.state === 'closed' && act.do === 'reserve') return denied('case.closed')
  // What became of a flaw of a closed case may be another case's matter by now.
  const newest = await inTransaction(desk.store, 'all', (tx) => newestAttempt(tx, flaw))
  if (of.state === 'closed' && newest?.case_id !== of.id) return NOT_FOUND
  const { cve: host } = desk.settings
  if (host === null) return denied('relay.refused', 'CVE Services are not configured here.', 'relay.closed')
  const place: CvePlace = { case: of.id, flaw }
  const deps: CveDeps = {
    host,
    schema: await desk.schema(),
    journal: cveJournal(desk, act.do === 'reserve'),
    exchange: desk.exchange,
    now: desk.clock,
  }
  switch (act.do) {
    case 'reserve':
      return told(await reserveCve(place, deps)) ?? (await keepNumber(desk, who, place))
    case 'look': {
      const settled = await settleCve(place, deps)
      if (settled.found === 'one') return await keepNumber(desk, who, place)
      if (settled.found === 'none') return done(null)
      const which = settled.found === 'several' ? `: ${settled.ids.slice(0, 20).join(', ')}` : ''
      return denied('relay.refused', `${LOOKED[settled.found]}${which}`, `cve.${settled.found}`)
    }
    case 'settle': {
      const refused = await chooseCve(place, act.cve, person, deps)
      if (refused !== null) return denied('relay.refused', refused.say, refused.code)
      return act.cve === null ? done(null) : await keepNumber(desk, who, place)
    }
    case 'publish': {
      const container = await containerOf(desk, place)
      if (container === null)
        return denied(
          'relay.refused',
          'No published advisory of this case has a complete CVE record for that id.',
          'cve.no-record',
        )
      return told(await publishCve(place, container, deps)) ?? done(null)
    }
    case 'reject': {
      const { cna } = desk.publisher
      if (cna === null) return denied('relay.refused', 'This instance is no CVE Numbering Authority.', 'cve.no-cna')
      if (act.reason.trim() === '') return denied('request.invalid', 'Say why, in plain words that readers will see.', 'reason')
      const providerMetadata = { orgId: cna.organisation, shortName: cna.shortName, dateUpdated: formatInstant(now) }
      const container = { providerMetadata, rejectedReasons: [{ lang: 'en', value: plainText(act.reason) }] }
      return told(await rejectCve(place, container, deps)) ?? (await keepNumber(desk, who, place))
    }
  }
}

const LOOKED = {
  several: 'More than one reserved id can be it; say which',
  'too-early': 'It may still be under way: look again in a few minutes.',
  unknown: 'The list of reserved ids could not be read whole.',
  'not-lost': 'No answer is missing.',
} as const

/** The refusal of an outcome; null: it went well. */
function told(outcome: Outcome): Answer<null> | null {
  if (outcome.ok) return null
  if ('unsure' in outcome) return denied('relay.refused', outcome.say, 'relay.unsure')
  return denied('relay.refused', [outcome.say, ...outcome.faults].join(' '), outcome.refused)
}

/** Makes the case say which number the flaw has, also where a crash came between. */
async function keepNumber(desk: RelayDesk, who: Principal, { case: of, flaw }: CvePlace): Promise<Answer<null>> {
  return await inTransaction(desk.store, 'all', async (tx): Promise<Answer<null>> => {
    const seen = await seeHome(desk, tx, who, 'decide', of, true)
    const asker = seen === null ? null : askerOf(who, seen.home)
    const reservation = reservationOf(await newestAttempt(tx, flaw))
    if (seen === null || asker === null) return NOT_FOUND
    const known = seen.home.case.flaws.find((one) => one.flaw === flaw)
    if (known === undefined || !('id' in reservation) || seen.home.case.state === 'closed') return done(null)
    // A rejected id names nothing any more.
    const cve = reservation.state === 'rejected' ? null : reservation.id
    if (known.cve === cve) return done(null)
    const carried = await carryOut(desk, tx, seen.home, asker, { command: { do: 'set-cve', flaw, cve } })
    return carried.ok ? done(null) : carried
  })
}

/** The record of a flaw as the newest published advisory of its case has it. */
async function containerOf(desk: RelayDesk, { case: of, flaw }: CvePlace): Promise<unknown> {
  return await inTransaction(desk.store, 'all', async (tx) => {
    const reservation = reservationOf(await newestAttempt(tx, flaw))
    if (!('id' in reservation)) return null
    const rows = await tx.db
      .selectFrom('advisory')
      .select('public')
      .where('case_id', '=', of)
      .where('published_at', 'is not', null)
      .orderBy('published_at', 'desc')
      .limit(20)
      .execute()
    const editions = rows.map(({ public: edition }) => edition as Edition)
    const edition = editions.find(({ content }) =>
      content.flaws.some((one) => one.id === flaw && cveOf(one) === reservation.id),
    )
    return edition === undefined ? null : cnaContainer(edition, reservation.id)
  })
}
