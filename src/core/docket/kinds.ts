import { DOCKET_STATES, type DocketKind, type DocketState } from './docket.ts'
import type { CommandName } from './docket-command.ts'

interface KindRow {
  readonly title: string
  /** Shown wherever a docket of this kind is shown; null: nothing to add. */
  readonly label: string | null
  readonly states: readonly DocketState[]
  /** Commands of `COMMAND_STATES` that this kind has not. */
  readonly without: readonly CommandName[]
}

const PARTNER_COMMANDS: readonly CommandName[] = [
  'propose-partner',
  'sign-partner',
  'decline-partner',
  'admit-outside',
  'grant-partner',
  'revoke-partner',
]

/** The three kinds of dockets: which states and commands each has. */
export const KINDS: Readonly<Record<DocketKind, KindRow>> = {
  notice: {
    title: 'Notice of a coming release, without access',
    label: null,
    states: ['inquiry', 'terms', 'closing', 'closed'],
    without: [
      ...PARTNER_COMMANDS,
      'agree-opening',
      'grant-downtime',
      'end-window',
      'lay-plan',
      'record',
      'sign-report',
      'consent-intake',
      'endpoint-registered',
      'endpoint-probed',
      'dry-run-passed',
      'first-call',
      'endpoint-down',
      'endpoint-up',
      'unblinded',
      'computed',
      'report-made',
      'remeasured',
      'sent-to-intake',
    ],
  },
  access: { title: 'Access before release', label: null, states: DOCKET_STATES, without: [] },
  deployment: {
    title: 'Deployment in government',
    label: 'Known from drafts and agreements, not from the signed order.',
    states: DOCKET_STATES.filter((state) => state !== 'partner-selection' && state !== 'partner-access'),
    without: PARTNER_COMMANDS,
  },
}

const OPEN = DOCKET_STATES.filter((state) => state !== 'closed')
const ACTIVE = OPEN.filter((state) => state !== 'closing')
const BEFORE: readonly DocketState[] = ['inquiry', 'terms', 'access-ready']
const RECORDED: readonly DocketState[] = ['recorded', 'partner-selection', 'partner-access']
const AFTER_OPENING: readonly DocketState[] = ['window-open', 'analysis', ...RECORDED]

/** In which states each command means something. A developer plans a release and withdraws in every state that is not closed. */
export const COMMAND_STATES: Readonly<Record<CommandName, readonly DocketState[]>> = {
  'answer-inquiry': BEFORE,
  'offer-terms': BEFORE,
  'sign-terms': ['terms'],
  'plan-release': OPEN,
  'agree-opening': ['terms', 'access-ready'],
  'grant-downtime': ['window-open'],
  'end-window': ['window-open'],
  seat: OPEN,
  unseat: OPEN,
  'read-in': ACTIVE,
  'second-read-in': ACTIVE,
  'read-out': OPEN,
  'lay-plan': ['terms', 'access-ready', 'window-open', 'analysis'],
  record: ['analysis'],
  'sign-report': [...RECORDED, 'closing'],
  'propose-partner': RECORDED,
  'sign-partner': RECORDED,
  'decline-partner': RECORDED,
  'admit-outside': ACTIVE,
  'grant-partner': ACTIVE,
  'revoke-partner': ACTIVE,
  'consent-intake': AFTER_OPENING,
  withdraw: OPEN,
  'begin-closing': ACTIVE.filter((state) => state !== 'window-open'),
  'sign-receipt': ['closing'],
  'endpoint-registered': ['terms', 'access-ready'],
  'endpoint-probed': ['terms', 'access-ready', 'window-open', 'analysis'],
  'dry-run-passed': ['terms', 'access-ready'],
  'first-call': ['access-ready', 'window-open'],
  clock: DOCKET_STATES,
  'endpoint-down': ['window-open'],
  'endpoint-up': ['window-open'],
  'person-left': OPEN,
  unblinded: AFTER_OPENING,
  computed: ['analysis'],
  'report-made': RECORDED,
  remeasured: RECORDED,
  'sent-to-intake': [...AFTER_OPENING, 'closing'],
  purged: ['closing'],
}

/** Whether a docket of that kind knows the command at all. */
export function kindHas(kind: DocketKind, command: CommandName): boolean {
  return !KINDS[kind].without.includes(command)
}
