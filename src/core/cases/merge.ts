import type { Id } from '../kernel/id.ts'
import { DAY, type Instant, instant } from '../kernel/instant.ts'
import type { Case, FlawWork, Participant } from './case.ts'
import { isPrioritised } from './report-state.ts'
import { invitationStands, participantOf, union, workOf } from './roster.ts'
import { isFixReady, VENDOR_STEPS } from './vendor-step.ts'

type Flaw = Id<'flaw'>

const ANSWER_DAYS = 7

/** What a merge makes of people: who is new here, and who was here already. */
export interface Moved {
  readonly added: readonly Participant[]
  readonly joined: readonly {
    readonly from: Id<'participant'>
    readonly into: Id<'participant'>
    readonly participant: Participant
  }[]
}

/**
 * The participants of `other` as they stand in `into` once `flaws` have come over. Nobody reads a flaw, or could come to read one by
 * answering, that they did not or could not in one of the two; `version` is that of the terms that bind after it, null where none do.
 */
export function movedPeople(into: Case, other: Case, flaws: readonly Flaw[], version: number | null, now: Instant): Moved {
  const here = new Map<string, Id<'participant'>>()
  for (const one of into.participants) if (one.leftAt === null) here.set(keyOf(one), one.id)
  const joined = new Map<Id<'participant'>, Participant>()
  const pairs: { from: Id<'participant'>; into: Id<'participant'> }[] = []
  const added: Participant[] = []
  const wanted = new Set(flaws)
  for (const one of other.participants) {
    if (one.leftAt !== null) continue
    const there = only(one, wanted)
    if (there.flaws.length + there.offered.length === 0 && one.id !== other.chair) continue
    const stands = invitationStands(other, one)
    const same = one.id === other.chair ? into.chair : (twin(into, one) ?? here.get(keyOf(one)))
    if (same === undefined) {
      const knownId = participantOf(into, one.id) !== null
      // Who left here and comes back by a merge must be invited anew, by an id of their own.
      if (!knownId) added.push(bound({ ...there, invitedBy: into.chair }, one.consent === 'signatory', stands, version, now))
      continue
    }
    const before = joined.get(same) ?? participantOf(into, same)!
    const signed = before.consent === 'signatory' || one.consent === 'signatory'
    const [mine, theirs] = open(before, invitationStands(into, before), there, stands)
    const both = invitationStands(into, before) || stands
    joined.set(same, bound(combined(mine, theirs), signed || same === into.chair, both, version, now))
    pairs.push({ from: one.id, into: same })
  }
  return { added, joined: pairs.map((pair) => ({ ...pair, participant: joined.get(pair.into)! })) }
}

function keyOf({ id, organisation, kind }: Participant): string {
  return organisation === null ? id : `${organisation} ${kind}`
}

function twin(into: Case, { id }: Participant): Id<'participant'> | undefined {
  const one = participantOf(into, id)
  return one !== null && one.leftAt === null ? id : undefined
}

// Whoever does not read has no flaws but offered ones.
function only(one: Participant, wanted: ReadonlySet<Flaw>): Participant {
  const { flaws, offered, works, ...rest } = one
  const has = (flaw: Flaw) => wanted.has(flaw)
  const left = { ...rest, flaws: flaws.filter(has), offered: offered.filter(has) }
  return { ...left, works: works.filter(({ flaw }) => wanted.has(flaw)) }
}

// Of what either was offered, that which they could still answer: a merge asks nobody again for what they declined or what is over.
function open(here: Participant, stood: boolean, there: Participant, stands: boolean): readonly [Participant, Participant] {
  const shut = (one: Participant, other: Participant, is: boolean, otherIs: boolean) =>
    one.offered.length > 0 &&
    ((one.consent === 'declined' && other.consent !== 'declined') || (!is && (otherIs || reads(other))))
  const without = (one: Participant): Participant => ({ ...one, offered: [], respondBy: null })
  return [shut(here, there, stood, stands) ? without(here) : here, shut(there, here, stands, stood) ? without(there) : there]
}

function reads({ admittedAt, flaws }: Participant): boolean {
  return admittedAt !== null && flaws.length > 0
}

// Reads what either read; is offered what either was offered and does not read.
function combined(here: Participant, there: Participant): Participant {
  const flaws = union(here.flaws, there.flaws)
  const offered = union(here.offered, there.offered).filter((flaw) => !flaws.includes(flaw))
  const works = union(
    here.works.map(({ flaw }) => flaw),
    there.works.map(({ flaw }) => flaw),
  ).map((flaw) => further(workOf(here, flaw), workOf(there, flaw)))
  const admittedAt = here.admittedAt ?? there.admittedAt
  const respondBy = later(here.respondBy, there.respondBy)
  const consent = here.consent === 'declined' ? there.consent : here.consent
  const invitedTo = here.invitedTo ?? there.invitedTo
  const report = reportOf(here, there, works)
  const hidden = here.hidden || there.hidden
  return { ...here, consent, flaws, offered, works, admittedAt, invitedTo, respondBy, report, hidden }
}

// Nobody has less time to answer than they were told.
function later(one: Instant | null, other: Instant | null): Instant | null {
  return one === null || other === null ? (one ?? other) : instant(Math.max(one, other))
}

function further(one: FlawWork, other: FlawWork): FlawWork {
  const rank = ({ step }: FlawWork) => (step === null ? 0 : VENDOR_STEPS.indexOf(step))
  const [least, most] = rank(other) > rank(one) ? [one, other] : [other, one]
  return { ...most, stated: most.stated ?? least.stated, status: most.status ?? least.status }
}

// The report that is further on and open. With a fix it is one that was prioritised, so that what is open here is not closed by
// what was finished there.
function reportOf(here: Participant, there: Participant, works: readonly FlawWork[]): Participant['report'] {
  const rank = ['start', 'received', 'invalid', 'valid', 'deferred', 'accepted']
  const open = [here.report, there.report].filter((state) => state !== 'closed')
  if (open.length === 0) return 'closed'
  const fixed = works.some(({ step }) => step !== null && isFixReady(step))
  const fitting = open.filter((state) => !fixed || isPrioritised(state))
  return fitting.toSorted((a, b) => rank.indexOf(b) - rank.indexOf(a))[0] ?? 'accepted'
}

// How the terms that bind after the merge find somebody: bound, and reading; or asked, and not. What no longer stood where it was
// asked stands here no more.
function bound(one: Participant, signed: boolean, stands: boolean, version: number | null, now: Instant): Participant {
  const asked = instant(now + ANSWER_DAYS * DAY)
  const invitedTo = stands ? null : one.invitedTo
  if (version === null) return { ...one, consent: reads(one) ? 'no-embargo' : one.consent, agreedTo: null, invitedTo }
  if (signed && one.admittedAt !== null) return { ...one, consent: 'signatory', agreedTo: version, invitedTo: version }
  const offered = union(one.offered, one.flaws)
  const declined = one.consent === 'declined'
  const answer = declined ? { respondBy: null } : { respondBy: one.respondBy ?? asked }
  const consent = declined ? 'declined' : 'invited'
  return {
    ...one,
    consent,
    agreedTo: null,
    invitedTo: declined ? null : version,
    admittedAt: null,
    offered,
    flaws: [],
    ...answer,
  }
}
