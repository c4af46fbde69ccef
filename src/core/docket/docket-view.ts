import type { Id } from '../kernel/id.ts'
import type { Instant } from '../kernel/instant.ts'
import { COMMAND_SEATS } from './command-seats.ts'
import type { Compartment } from './compartment.ts'
import { termsInForce } from './decide-terms.ts'
import type { Determination, Docket, Partner, PartnerGrant, Party, ReadIn, SeatHeld, TermsVersion } from './docket.ts'
import type { CommandName } from './docket-command.ts'
import { COMMAND_STATES, KINDS, kindHas } from './kinds.ts'
import { compartmentsOf, isReadInFor, mayRead, seatedAs, seatsOf } from './reading.ts'
import { SEAT_TABLE, type Seat } from './seat.ts'
import { timeLeft } from './window.ts'

type Person = Id<'person'>

/** A person's name stands, or is withheld by the terms. */
type Named<T, Keys extends keyof T> = Omit<T, Keys> & { readonly [key in Keys]: T[key] | null }
type SignedShown = { readonly [party in Party]: { readonly person: Person | null; readonly at: Instant } | null }

/** What everybody with the docket's page before them sees. */
type DocketHead = Pick<
  Docket,
  | 'openedAt'
  | 'state'
  | 'developer'
  | 'office'
  | 'agreement'
  | 'policy'
  | 'answered'
  | 'planned'
  | 'window'
  | 'downtime'
  | 'unblindedAt'
  | 'withdrawnAt'
  | 'closing'
  | 'closedAt'
>

/** A docket as one person may see it: null or empty where something is not theirs to see. */
export interface DocketView {
  readonly id: Id<'docket'>
  readonly version: number
  readonly kind: Docket['kind']
  readonly label: string | null
  /** Of the person who looks. */
  readonly seats: readonly Seat[]
  readonly compartments: readonly Compartment[]
  /** Commands that their seats, the kind and the state have now. */
  readonly may: readonly CommandName[]
  readonly head: DocketHead | null
  readonly left: ReturnType<typeof timeLeft>
  readonly terms: readonly TermsVersion[]
  readonly people: readonly Named<SeatHeld, 'person'>[]
  readonly readIns: readonly Named<ReadIn, 'person' | 'proposedBy' | 'secondedBy'>[]
  readonly endpoint: {
    readonly registeredAt: Instant
    readonly dryRun: boolean
    readonly changes: number
    /** Null to those who do not read the endpoint. */
    readonly baseline: string | null
  } | null
  readonly plans: readonly {
    readonly digest: string
    readonly at: Instant
    readonly why: string | null
    readonly afterUnblinding: boolean
  }[]
  readonly computed: Docket['computed']
  readonly determination: Named<Determination, 'by'> | null
  readonly report: { readonly digest: string; readonly publicDigest: string; readonly signed: SignedShown } | null
  readonly partners: readonly Partner[]
  /** The viewer's own grants, if they are a partner's person. */
  readonly grants: readonly (PartnerGrant & { readonly partner: Id<'partner'> })[]
  readonly remeasured: Docket['remeasured']
  readonly toIntake: Docket['toIntake']
}

/** The docket as that person may see it now; null to whom it is nothing: no such docket and no seat look alike. */
export function viewOfDocket(docket: Docket, person: Person, now: Instant): DocketView | null {
  const seats = seatsOf(docket, person, now)
  if (seats.length === 0) return null
  const reads = (object: Parameters<typeof mayRead>[2]) => mayRead(docket, person, object, now)
  const shown = names(docket, seats)
  const { id, version, kind, endpoint, report, determination } = docket
  const headed = reads('head')
  const grants = reads('grant')
  return {
    id,
    version,
    kind,
    label: KINDS[kind].label,
    seats,
    compartments: compartmentsOf(docket, person, now),
    may: mayDo(docket, person, now),
    head: headed ? headOf(docket) : null,
    left: headed ? timeLeft(docket, now) : null,
    terms: reads('terms') ? docket.terms : [],
    people: headed ? docket.seats.map((one) => ({ ...one, person: shown(one.person) })) : [],
    readIns: headed ? docket.readIns.map((one) => readInShown(one, shown)) : [],
    endpoint: endpoint && headed ? endpointShown(endpoint, reads('endpoint')) : null,
    plans: headed ? plansShown(docket, reads('criterion') || reads('reason')) : [],
    computed: reads('analysis') ? docket.computed : null,
    determination: determination && reads('report') ? recordShown(determination, shown, reads('reason')) : null,
    report: report && reads('report') ? { ...report, signed: signedShown(report.signed, shown) } : null,
    partners: reads('partner') ? docket.partners : [],
    grants: grants ? ownGrants(docket, person) : [],
    remeasured: reads('progress') ? docket.remeasured : [],
    toIntake: reads('joint-document') ? docket.toIntake : [],
  }
}

function mayDo(docket: Docket, person: Person, now: Instant): readonly CommandName[] {
  const seats = seatedAs(docket, person)
  return (Object.keys(COMMAND_SEATS) as CommandName[]).filter(
    (name) =>
      seats.some((seat) => COMMAND_SEATS[name].includes(seat)) &&
      kindHas(docket.kind, name) &&
      COMMAND_STATES[name].includes(docket.state) &&
      isReadInFor(docket, person, name, now),
  )
}

function headOf(docket: Docket): DocketHead {
  const { openedAt, state, developer, office, agreement, policy, answered, planned, window, downtime } = docket
  const { unblindedAt, withdrawnAt, closing, closedAt } = docket
  const first = { openedAt, state, developer, office, agreement, policy, answered, planned, window, downtime }
  return { ...first, unblindedAt, withdrawnAt, closing, closedAt }
}

type Shown = (person: Person) => Person | null

// Unless terms that both signed say so, the developer may not learn who of the office can be read into anything; the officers it
// deals with it knows.
function names(docket: Docket, viewer: readonly Seat[]): Shown {
  const named = termsInForce(docket)?.facts.readersNamed ?? false
  if (named || !viewer.some((seat) => SEAT_TABLE[seat].side === 'developer')) return (person) => person
  const secret = new Set(
    docket.seats.filter(({ seat }) => SEAT_TABLE[seat].side === 'office' && seat !== 'docket-officer').map((one) => one.person),
  )
  return (person) => (secret.has(person) ? null : person)
}

function readInShown(one: ReadIn, shown: Shown): DocketView['readIns'][number] {
  const { person, proposedBy, secondedBy } = one
  return {
    ...one,
    person: shown(person),
    proposedBy: shown(proposedBy),
    secondedBy: secondedBy === null ? null : shown(secondedBy),
  }
}

function endpointShown(endpoint: NonNullable<Docket['endpoint']>, reads: boolean): NonNullable<DocketView['endpoint']> {
  const { registeredAt, dryRun, builds, baseline } = endpoint
  return { registeredAt, dryRun, changes: builds.length, baseline: reads ? baseline : null }
}

function plansShown({ plans, unblindedAt }: Docket, reasons: boolean): DocketView['plans'] {
  return plans.map(({ digest, at, why }) => ({
    digest,
    at,
    why: reasons ? why : null,
    afterUnblinding: unblindedAt !== null && at >= unblindedAt,
  }))
}

function recordShown(determination: Determination, shown: Shown, reads: boolean): NonNullable<DocketView['determination']> {
  const { by, reasonDigest } = determination
  return { ...determination, by: shown(by), reasonDigest: reads ? reasonDigest : null }
}

function signedShown(signed: NonNullable<Docket['report']>['signed'], shown: Shown): SignedShown {
  const one = (party: Party) => {
    const signature = signed[party]
    return signature === null ? null : { at: signature.at, person: shown(signature.person) }
  }
  return { developer: one('developer'), office: one('office') }
}

function ownGrants({ partners }: Docket, person: Person): DocketView['grants'] {
  return partners.flatMap(({ partner, persons }) =>
    persons.filter((grant) => grant.person === person).map((grant) => ({ ...grant, partner })),
  )
}
