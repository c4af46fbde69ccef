/** What a step of the ladder proposes. `decision` is a person's, always the last one, and nothing else may speak of publication. */
export const LADDER_DEEDS = ['remind', 'other-contact', 'distributor', 'coordinator', 'decision'] as const
export type LadderDeed = (typeof LADDER_DEEDS)[number]

/** A length of time: `days` are 24 hours each; `working-days` skip what the calendar says nobody works. */
export interface Span {
  readonly count: number
  readonly unit: 'days' | 'working-days'
}

export interface LadderStep<Deed extends string = LadderDeed> {
  readonly id: string
  readonly does: Deed
  /** From the start: the first letter that nobody has answered, or the question. */
  readonly after: Span
  /** At least so long after the step before was taken, so that steps taken late do not come all in one day. */
  readonly apart: Span
}

/** What is proposed while a question stands open. */
export type InfoDeed = 'ask-again' | 'ask-other' | 'info-decision'

export interface ContactLadder {
  readonly id: string
  readonly version: string
  readonly name: string
  readonly source: string
  /** In order; the last one and no other is a `decision`. */
  readonly silence: readonly LadderStep[]
  /** In order; the last one and no other is an `info-decision`. */
  readonly question: readonly LadderStep<InfoDeed>[]
}

const working = (count: number): Span => ({ count, unit: 'working-days' })
const days = (count: number): Span => ({ count, unit: 'days' })

// No published ladder read so far gives a clock for questions. Without one, cases die there: this one is the program's own.
const QUESTION: ContactLadder['question'] = [
  { id: 'ask-again', does: 'ask-again', after: days(7), apart: days(7) },
  { id: 'ask-other', does: 'ask-other', after: days(14), apart: days(7) },
  { id: 'info-decision', does: 'info-decision', after: days(21), apart: days(7) },
]

const OWN_QUESTION = 'The clock for questions is this program’s own.'

/** Every ladder known, the program's own first. A changed one is another version beside the old. */
export const CONTACT_LADDERS: readonly ContactLadder[] = [
  {
    id: 'weir',
    version: '1.0.0',
    name: 'This clearinghouse',
    source: `This program’s own: a reminder, another contact, the distributors, a coordinator elsewhere, a decision. ${OWN_QUESTION}`,
    silence: [
      { id: 'remind', does: 'remind', after: working(5), apart: working(3) },
      { id: 'other-contact', does: 'other-contact', after: working(10), apart: working(3) },
      { id: 'distributor', does: 'distributor', after: working(15), apart: working(3) },
      { id: 'coordinator', does: 'coordinator', after: working(20), apart: working(3) },
      { id: 'decision', does: 'decision', after: days(35), apart: working(3) },
    ],
    question: QUESTION,
  },
  {
    id: 'akrites',
    version: '2026-08-20',
    name: 'Akrites contact clock',
    source: `Akrites SIRT documents of 20 August 2026: 5, 10 and 15 working days, a decision at about 30 days. What is done at each is this program’s reading. ${OWN_QUESTION}`,
    silence: [
      { id: 'first', does: 'remind', after: working(5), apart: working(3) },
      { id: 'second', does: 'other-contact', after: working(10), apart: working(3) },
      { id: 'third', does: 'coordinator', after: working(15), apart: working(3) },
      { id: 'decision', does: 'decision', after: days(30), apart: working(3) },
    ],
    question: QUESTION,
  },
  {
    id: 'anthropic-cvd',
    version: '2026-03-06',
    name: 'Anthropic, outside coordinator after 30 days of silence',
    source: `Coordinated vulnerability disclosure for Claude-discovered vulnerabilities, 6 March 2026: a coordinator outside after 30 days, the deadline of 90 days stands. ${OWN_QUESTION}`,
    silence: [
      { id: 'coordinator', does: 'coordinator', after: days(30), apart: days(0) },
      { id: 'decision', does: 'decision', after: days(90), apart: days(3) },
    ],
    question: QUESTION,
  },
]

/** The ladder of that id and version, or null. */
export function contactLadder(id: string, version: string): ContactLadder | null {
  return CONTACT_LADDERS.find((ladder) => ladder.id === id && ladder.version === version) ?? null
}
