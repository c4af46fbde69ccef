import { DOCUMENT_OBJECTS, type DocketAct } from '../../../contract/shapes/docket.ts'
import type { ObjectKind } from '../../../core/docket/compartment.ts'
import type { Party } from '../../../core/docket/docket.ts'
import type { CommandName } from '../../../core/docket/docket-command.ts'
import { COMMAND_STATES, kindHas } from '../../../core/docket/kinds.ts'
import { isReadInFor, mayCommand, mayRead } from '../../../core/docket/reading.ts'
import type { SeenDocket } from './load-docket.ts'

type Plain = Exclude<DocketAct['do'], 'probe' | 'dry-run' | 'rotate-key'>

const PLAIN: readonly Plain[] = [
  'answer-inquiry',
  'offer-terms',
  'sign-terms',
  'plan-release',
  'agree-opening',
  'grant-downtime',
  'end-window',
  'seat',
  'unseat',
  'read-in',
  'second-read-in',
  'read-out',
  'lay-plan',
  'record',
  'sign-report',
  'propose-partner',
  'sign-partner',
  'decline-partner',
  'admit-outside',
  'grant-partner',
  'revoke-partner',
  'consent-intake',
  'withdraw',
  'begin-closing',
  'sign-receipt',
]

/** The acts that somebody could do to a docket now, as far as seat and state decide it. */
export function mayActs(seen: SeenDocket, party: Party | null): string[] {
  const { docket, person, now, seats } = seen
  const fits = (command: CommandName) => kindHas(docket.kind, command) && COMMAND_STATES[command].includes(docket.state)
  const acts: string[] = PLAIN.filter(
    (name) =>
      fits(name) &&
      isReadInFor(docket, person, name, now) &&
      (mayCommand(docket, person, name) || takesFirst(seen, party, name)),
  )
  if (docket.endpoint !== null && mayRead(docket, person, 'endpoint', now)) {
    if (fits('endpoint-probed')) acts.push('probe')
    if (fits('dry-run-passed')) acts.push('dry-run')
  }
  if (seats.includes('developer-lead') || seats.includes('developer-engineer')) {
    if (fits('endpoint-registered')) acts.push('put-endpoint')
    if (docket.endpoint !== null && docket.closing === null) acts.push('rotate-key')
  }
  return [...acts, ...mayMore(seen)]
}

/** What is no command of the docket: its papers, its measurements. */
function mayMore({ docket, person, now, seats, purge }: SeenDocket): string[] {
  if (purge !== null || docket.state === 'closed') return []
  const reads = (object: ObjectKind) => mayRead(docket, person, object, now)
  const analyses = seats.includes('analyst') || seats.includes('second-analyst')
  const runs = seats.includes('run-operator') && (docket.state === 'access-ready' || docket.state === 'window-open')
  const all = {
    'write-message': reads('message'),
    'add-paper': DOCUMENT_OBJECTS.some((object) => object !== 'message' && reads(object)),
    'start-run-set': runs,
    'read-results': reads('run-set'),
    analyse: analyses && reads('run-set') && docket.closing === null,
  }
  return Object.entries(all).flatMap(([name, may]) => (may ? [name] : []))
}

/** The first lead or officer seats itself, on its organisation's word. */
function takesFirst({ docket }: SeenDocket, party: Party | null, name: CommandName): boolean {
  if (party === null || name !== 'seat') return false
  const first = party === 'developer' ? 'developer-lead' : 'docket-officer'
  return !docket.seats.some(({ seat, endedAt }) => seat === first && endedAt === null)
}
