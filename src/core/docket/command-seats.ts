import type { ObjectKind } from './compartment.ts'
import type { CommandName } from './docket-command.ts'
import type { Seat } from './seat.ts'

const BOTH: readonly Seat[] = ['developer-lead', 'docket-officer']
const PARTNERS: readonly Seat[] = ['developer-lead', 'partner-steward']
const DEVELOPER: readonly Seat[] = ['developer-lead']
const WEIR: readonly Seat[] = []

/** Which seats may give which command. An empty row: Weir itself only. What is not here, nobody may. */
export const COMMAND_SEATS: Readonly<Record<CommandName, readonly Seat[]>> = {
  'answer-inquiry': ['determining-authority'],
  'offer-terms': BOTH,
  'sign-terms': BOTH,
  'plan-release': DEVELOPER,
  'agree-opening': BOTH,
  'grant-downtime': DEVELOPER,
  'end-window': DEVELOPER,
  seat: BOTH,
  unseat: BOTH,
  'read-in': ['docket-officer'],
  'second-read-in': ['docket-officer'],
  // The developer ends what others read of its own compartment.
  'read-out': BOTH,
  'lay-plan': ['benchmark-custodian', 'determining-authority'],
  record: ['determining-authority'],
  'sign-report': ['developer-lead', 'determining-authority'],
  'propose-partner': PARTNERS,
  'sign-partner': PARTNERS,
  'decline-partner': PARTNERS,
  'admit-outside': DEVELOPER,
  'grant-partner': DEVELOPER,
  'revoke-partner': DEVELOPER,
  'consent-intake': BOTH,
  withdraw: DEVELOPER,
  'begin-closing': BOTH,
  'sign-receipt': BOTH,
  'endpoint-registered': WEIR,
  'endpoint-probed': WEIR,
  'dry-run-passed': WEIR,
  'first-call': WEIR,
  clock: WEIR,
  'endpoint-down': WEIR,
  'endpoint-up': WEIR,
  'person-left': WEIR,
  unblinded: WEIR,
  computed: WEIR,
  'report-made': WEIR,
  remeasured: WEIR,
  'sent-to-intake': WEIR,
  purged: WEIR,
}

/** Whose giver must also read things of that kind now: a refusal about partners tells who they are. */
export const COMMAND_READS: Partial<Readonly<Record<CommandName, ObjectKind>>> = {
  'propose-partner': 'partner',
  'sign-partner': 'partner',
  'decline-partner': 'partner',
}
