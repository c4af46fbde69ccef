import type { Deadline, Instant } from '../../kernel/instant.ts'
import { type ContactEvent, type ContactStanding, standingOf } from './contact-history.ts'
import type { ContactLadder, InfoDeed, LadderDeed, LadderStep } from './contact-ladder.ts'
import { addSpan, type WorkCalendar } from './work-calendar.ts'

/** The sentence that a person reads beside a step, who then does it or does not. */
const PROPOSALS: Readonly<Record<LadderDeed | InfoDeed, string>> = {
  remind: 'Send the contact a reminder.',
  'other-contact': 'Write to another contact of the project.',
  distributor: 'Ask a distributor who ships it for a way to the maintainer.',
  coordinator: 'Ask an outside coordinator to try.',
  decision: 'A person decides: publish at the end of the embargo, wait longer with a new date, ask for a steward, or close.',
  'ask-again': 'Ask once more for what is missing.',
  'ask-other': 'Ask somebody else who may know: another finder of the case, the validator, or a coordinator.',
  'info-decision': 'A person decides: go on with what is known, defer with a date, or close with the reason.',
}

export interface DueStep {
  readonly step: string
  readonly does: LadderDeed | InfoDeed
  readonly deadline: Deadline
  /** Whether `now` has reached it. */
  readonly due: boolean
  readonly proposes: string
  /** Every step is a person's to take; a decision is also a person's to make. */
  readonly decides: boolean
}

export type NextStep =
  | { readonly waits: null; readonly because: 'not-contacted' | 'answered' | 'decided' }
  | ({ readonly waits: 'silence' | 'question'; readonly since: Instant } & DueStep)

/**
 * The next step of the ladder that nobody has taken yet, and when it is due; none once somebody answered. It proposes and never
 * acts. The decision at the end stays due until a person has taken it.
 */
export function nextStep(
  ladder: ContactLadder,
  history: readonly ContactEvent[],
  now: Instant,
  calendar: WorkCalendar,
): NextStep {
  const known = new Set([...ladder.silence, ...ladder.question].map(({ id }) => id))
  const past = history.filter((one) => one.at <= now && (one.type !== 'step-taken' || known.has(one.step)))
  const standing = standingOf(past)
  const { waits, start, because } = standing
  if (waits === null || start === null) return { waits: null, because: because ?? 'not-contacted' }
  const steps: readonly LadderStep<LadderDeed | InfoDeed>[] = ladder[waits]
  const open = steps.find((one) => !standing.taken.has(one.id) && !isPointless(one, standing)) ?? steps.at(-1)!
  const at = dueAt(steps, open, standing, start, calendar)
  return {
    waits,
    since: start,
    step: open.id,
    does: open.does,
    deadline: { at, zone: 'UTC', rule: `${ladder.id}/${ladder.version}#${open.id}` },
    due: now >= at,
    proposes: PROPOSALS[open.does],
    decides: open === steps.at(-1),
  }
}

type Steps = readonly LadderStep<LadderDeed | InfoDeed>[]

// Nobody reads a reminder at an address that sends letters back.
function isPointless({ does }: LadderStep<LadderDeed | InfoDeed>, { bouncedAt }: ContactStanding): boolean {
  return does === 'remind' && bouncedAt !== null
}

function dueAt(
  steps: Steps,
  open: Steps[number],
  { taken, bouncedAt }: ContactStanding,
  start: Instant,
  calendar: WorkCalendar,
): Instant {
  if (open.does === 'other-contact' && bouncedAt !== null) return bouncedAt
  const before = steps.slice(0, steps.indexOf(open))
  const last = before.reduce<number>((latest, { id }) => Math.max(latest, taken.get(id) ?? latest), Number.NEGATIVE_INFINITY)
  const ownDue = addSpan(start, open.after, calendar)
  return last === Number.NEGATIVE_INFINITY
    ? ownDue
    : (Math.max(ownDue, addSpan(last as Instant, open.apart, calendar)) as Instant)
}
