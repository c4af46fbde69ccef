import type { DocketAct } from '../../../contract/shapes/docket.ts'
import { parsePlan } from '../../../core/evaluation/plan/plan-file.ts'
import { toHex } from '../../../core/kernel/digest.ts'
import { newId, parseId } from '../../../core/kernel/id.ts'
import { HOUR, type Instant, parseInstant } from '../../../core/kernel/instant.ts'
import type { Tx } from '../../store/connection.ts'
import type { DataKey } from '../../store/keys/key-store.ts'
import { keyedMac } from '../../store/keys/mac.ts'
import { type Answer, denied, done } from '../answer.ts'
import type { Prepared } from './command-docket.ts'
import type { DocketDesk } from './docket-desk.ts'
import type { SeenDocket } from './load-docket.ts'
import { addPaper, listPapersOf, type NewPaper, textDigest } from './papers.ts'
import { proposePartner } from './propose-partner.ts'

/** Acts that go to the custodian instead of, or before, the docket. */
export type CustodyAct = Extract<DocketAct, { do: 'probe' | 'dry-run' | 'rotate-key' }>
type PlainAct = Exclude<DocketAct, CustodyAct>

const NOT_PERSON = denied('request.invalid', 'There is no person of that id here.', 'act/person')
const NOT_INSTANT = (where: string) =>
  denied('request.invalid', 'An instant with its zone, for example 2026-11-21T17:00:00Z.', `act/${where}`)

/** What a person's act means as a command of core, with the papers that go with it. */
export async function commandOf(desk: DocketDesk, act: PlainAct, seen: SeenDocket, tx: Tx): Promise<Answer<Prepared>> {
  switch (act.do) {
    case 'offer-terms': {
      const digest = textDigest(act.text)
      const version = seen.docket.terms.length + 1
      return withPaper(
        desk,
        seen,
        { do: act.do, digest, facts: act.facts },
        'terms',
        `Terms, version ${version}`,
        act.text,
        version,
      )
    }
    case 'lay-plan': {
      const bench = seen.key('B')
      if (bench === null) return denied('docket.closed')
      const command = { do: act.do, digest: planDigest(bench, act.plan), why: act.why } as const
      return withPaper(desk, seen, command, 'criterion', 'Plan of the decision', act.plan, command.digest)
    }
    case 'record': {
      const { recorded, reason } = act
      if (reason === null) return prepared({ do: act.do, recorded, reasonDigest: null })
      const command = { do: act.do, recorded, reasonDigest: textDigest(reason) }
      return withPaper(desk, seen, command, 'reason', 'Reason of the determination', reason, command.reasonDigest)
    }
    case 'plan-release': {
      const at = parseInstant(act.planned.at)
      if (at === null) return NOT_INSTANT('planned/at')
      if (!isZone(act.planned.zone)) return denied('request.invalid', 'A zone such as America/New_York.', 'act/planned/zone')
      return prepared({ do: act.do, planned: { at, zone: act.planned.zone } })
    }
    case 'agree-opening':
      return withInstant(act.at, 'at', (at) => ({ do: act.do, at }))
    case 'grant-downtime':
      return prepared({ do: act.do, milliseconds: Math.floor(act.hours * HOUR) })
    case 'seat': {
      const person = await activePerson(tx, act.person)
      return person === null ? NOT_PERSON : prepared({ do: act.do, ...person, seat: act.seat })
    }
    case 'unseat':
    case 'second-read-in':
    case 'read-out': {
      const person = parseId('person', act.person)
      return person === null ? NOT_PERSON : prepared({ ...act, person })
    }
    case 'read-in': {
      const { compartment } = act
      const person = parseId('person', act.person)
      if (person === null) return NOT_PERSON
      return withInstant(act.until, 'until', (until) => ({ do: act.do, person, compartment, until }))
    }
    case 'propose-partner':
      return await proposePartner(desk, act, seen, tx)
    case 'sign-partner':
    case 'admit-outside': {
      const partner = parseId('partner', act.partner)
      return partner === null ? NOT_PARTNER : prepared({ do: act.do, partner })
    }
    case 'decline-partner': {
      const partner = parseId('partner', act.partner)
      if (partner === null) return NOT_PARTNER
      const { reasons } = act
      if (act.again === null) return prepared({ do: act.do, partner, reasons, again: null })
      return withInstant(act.again, 'again', (again) => ({ do: act.do, partner, reasons, again }))
    }
    case 'grant-partner': {
      const partner = parseId('partner', act.partner)
      const found = await activePerson(tx, act.person)
      if (partner === null) return NOT_PARTNER
      if (found === null) return NOT_PERSON
      const grant = newId('grant', desk.random)
      const { use } = act
      return withInstant(act.until, 'until', (until) => ({ do: act.do, partner, grant, person: found.person, use, until }))
    }
    case 'revoke-partner': {
      const partner = parseId('partner', act.partner)
      const grant = act.grant === null ? null : parseId('grant', act.grant)
      if (partner === null || (grant === null && act.grant !== null)) return NOT_PARTNER
      return prepared({ do: act.do, partner, grant })
    }
    default:
      return prepared(act)
  }
}

/**
 * What stands for a plan outside its compartment. Of one whose criteria are sealed, or that cannot be read, a digest keyed by B: a
 * plain one would tell the threshold to whoever tries all there are.
 */
function planDigest(bench: DataKey, text: string): string {
  const read = parsePlan(text)
  if (read.ok && read.plan.threshold === 'published') return textDigest(text)
  return toHex(keyedMac(bench.key, 'plan')(Buffer.from(text)))
}

const NOT_PARTNER = denied('request.invalid', 'There is no partner or grant of that id here.', 'act/partner')

function prepared(command: Prepared['command']): Answer<Prepared> {
  return done({ command })
}

function withInstant(text: string, where: string, make: (at: Instant) => Prepared['command']): Answer<Prepared> {
  const at = parseInstant(text)
  return at === null ? NOT_INSTANT(where) : prepared(make(at))
}

/** The command, and its text as a paper of that kind; a text that is kept already, word for word, is kept once. */
function withPaper(
  desk: DocketDesk,
  seen: SeenDocket,
  command: Prepared['command'],
  object: NewPaper['object'],
  title: string,
  text: string,
  of: string | number,
): Answer<Prepared> {
  return done({
    command,
    async store(tx) {
      const known = await listPapersOf(tx, seen, [object])
      if (known.some((paper) => paper.of === of)) return
      await addPaper(desk, tx, seen, { object, title, person: seen.person, of, content: Buffer.from(text) })
    },
  })
}

async function activePerson(tx: Tx, text: string) {
  const person = parseId('person', text)
  if (person === null) return null
  const row = await tx.db
    .selectFrom('person')
    .select('organisation_id')
    .where('id', '=', person)
    .where('state', '=', 'active')
    .executeTakeFirst()
  const organisation = row === undefined ? null : parseId('organisation', row.organisation_id)
  return organisation === null ? null : { person, organisation }
}

/** Whether this machine's table of time zones knows it. */
export function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) !== null
  } catch {
    return false
  }
}
