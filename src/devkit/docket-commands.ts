import { COMPARTMENTS } from '../core/docket/compartment.ts'
import { OUTCOMES, RECORDED } from '../core/docket/docket.ts'
import type { CommandName, DocketCommand } from '../core/docket/docket-command.ts'
import { SEATS } from '../core/docket/seat.ts'
import type { Instant } from '../core/kernel/instant.ts'
import { CAST, DEVELOPER, digest, FACTS, OFFICE, PARTNER, PROPOSE, person } from './docket-play.ts'

const NAMES = [...Object.keys(CAST), 'pilot', 'stranger']

/** What a sample of every command is made from: a number picks among people, seats, compartments and partners. */
export interface Sample {
  readonly pick: number
  /** An instant that the command names, where it names one. */
  readonly when: Instant
  /** Version and digests of what stands, so that signatures can fit. */
  readonly terms: number
}

/** One command of every name. The type makes the list whole. */
export function everyCommand({ pick, when, terms }: Sample): { readonly [Name in CommandName]: DocketCommand } {
  const of = <T>(all: readonly T[]): T => all[pick % all.length]!
  const who = person(of(NAMES))
  const seat = of(SEATS)
  const compartment = of(COMPARTMENTS)
  const partner = pick % 3 === 0 ? ('ptr_two' as typeof PARTNER) : PARTNER
  const grant = `grt_${pick % 4}` as never
  return {
    'answer-inquiry': { do: 'answer-inquiry', answer: of(RECORDED) },
    'offer-terms': {
      do: 'offer-terms',
      digest: digest('t'),
      facts: {
        ...FACTS,
        days: 1 + (pick % 32),
        downtimeExtends: pick % 2 === 0,
        opensBy: pick % 3 ? 'first-call' : 'agreed-instant',
      },
    },
    'sign-terms': { do: 'sign-terms', version: terms, digest: digest('t') },
    'plan-release': { do: 'plan-release', planned: { at: when, zone: of(['Europe/Berlin', 'UTC', 'not a zone']) } },
    'agree-opening': { do: 'agree-opening', at: when },
    'grant-downtime': { do: 'grant-downtime', milliseconds: (pick - 20) * 3_600_000 },
    'end-window': { do: 'end-window' },
    seat: { do: 'seat', person: who, organisation: pick % 2 === 0 ? DEVELOPER : OFFICE, seat },
    unseat: { do: 'unseat', person: who, seat },
    'read-in': { do: 'read-in', person: who, compartment, until: when },
    'second-read-in': { do: 'second-read-in', person: who, compartment },
    'read-out': { do: 'read-out', person: who, compartment },
    'lay-plan': { do: 'lay-plan', digest: digest(of(['p', 'q'])), why: of([null, 'why', '']) },
    record: { do: 'record', recorded: of(RECORDED), reasonDigest: pick % 2 === 0 ? null : digest('w') },
    'sign-report': { do: 'sign-report', digest: digest('r'), publicDigest: digest('s') },
    'propose-partner': { ...(PROPOSE as Extract<DocketCommand, { do: 'propose-partner' }>), partner },
    'sign-partner': { do: 'sign-partner', partner },
    'decline-partner': { do: 'decline-partner', partner, reasons: ['no-training'], again: pick % 2 === 0 ? null : when },
    'admit-outside': { do: 'admit-outside', partner },
    'grant-partner': { do: 'grant-partner', partner, grant, person: who, use: 'defence', until: when },
    'revoke-partner': { do: 'revoke-partner', partner, grant: pick % 2 === 0 ? null : grant },
    'consent-intake': { do: 'consent-intake', item: 'fnd_a' },
    withdraw: { do: 'withdraw' },
    'begin-closing': { do: 'begin-closing' },
    'sign-receipt': { do: 'sign-receipt', digest: digest('r') },
    'endpoint-registered': { do: 'endpoint-registered' },
    'endpoint-probed': { do: 'endpoint-probed', fingerprint: of(['f', 'g']), changed: pick % 2 === 0 },
    'dry-run-passed': { do: 'dry-run-passed' },
    'first-call': { do: 'first-call' },
    clock: { do: 'clock' },
    'endpoint-down': { do: 'endpoint-down' },
    'endpoint-up': { do: 'endpoint-up' },
    'person-left': { do: 'person-left', person: who },
    unblinded: { do: 'unblinded' },
    computed: { do: 'computed', outcome: of([...OUTCOMES, null]) },
    'report-made': { do: 'report-made', digest: digest('r'), publicDigest: digest('s') },
    remeasured: { do: 'remeasured', runSet: `rns_${pick}` },
    'sent-to-intake': { do: 'sent-to-intake', item: 'fnd_a', report: 'rpt_a' },
    purged: { do: 'purged', receiptDigest: digest('r') },
  }
}
