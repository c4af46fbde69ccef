import type { VettingReason } from './docket.ts'

interface VettingLine {
  /** Stable within a version. */
  readonly id: string
  /** What the candidate says or shows. */
  readonly asks: string
  /** The reason that a side gives when it declines over this line. */
  readonly reason: VettingReason
}

interface VettingList {
  /** Name and version; a docket keeps it with each proposed partner. */
  readonly id: string
  readonly source: string
  readonly lines: readonly VettingLine[]
}

/** What is asked of a candidate for trusted partner, at this version. */
export const VETTING_LIST: VettingList = {
  id: 'partner-vetting/1.0.0',
  source: 'Drawn up for this program from published practice in early-access programs of 2025 and 2026; the order has no list.',
  lines: [
    { id: 'identity', asks: 'Who the organisation is: registered name, place, number.', reason: 'identity-unclear' },
    { id: 'ownership', asks: 'Who owns and controls it.', reason: 'ownership-unclear' },
    { id: 'defends', asks: 'Its sector, and the systems that it defends.', reason: 'no-defended-system' },
    {
      id: 'people',
      asks: 'The named people who get access; access is by person, never by company.',
      reason: 'no-named-people',
    },
    { id: 'sign-in', asks: 'How these people sign in: a passkey or as strong.', reason: 'weak-sign-in' },
    {
      id: 'targets',
      asks: 'That only systems are tested that it owns or is authorised to test.',
      reason: 'no-defended-system',
    },
    { id: 'logging', asks: 'Consent to logging of use, and for how long logs are kept.', reason: 'no-logging-consent' },
    { id: 'incidents', asks: 'An incident contact, and the duty to report within 24 hours.', reason: 'no-incident-contact' },
    { id: 'sub-processors', asks: 'Everyone else who would see prompts, answers or logs.', reason: 'sub-processors-unknown' },
    { id: 'foreign', asks: 'Whether anybody abroad can direct it.', reason: 'foreign-control' },
    { id: 'misuse', asks: 'Earlier misuse of such access, and what came of it.', reason: 'prior-misuse' },
    { id: 'training', asks: 'How its people were trained to handle what they get.', reason: 'no-training' },
    { id: 'disclosure', asks: 'The duty to report flaws that it finds with the model.', reason: 'no-disclosure-duty' },
    { id: 'expiry', asks: 'Until when it asks for access, and how it would be renewed.', reason: 'expired' },
  ],
}

/** Whether a partner can be proposed under that list and version now. */
export function isVettingListInForce(id: string): boolean {
  return id === VETTING_LIST.id
}

interface VettingJudged {
  readonly list: string
  readonly answered: readonly string[]
  /** Lines without an answer, in the list's order. A judgement of whether an answer is good stays with the people of both sides. */
  readonly open: readonly VettingLine[]
  /** Answers to no line of this version. */
  readonly unknown: readonly string[]
}

/** Which lines of the vetting list the answers leave open. Answers are by line id; blank ones are none. */
export function judgeVetting(answers: Readonly<Record<string, unknown>>): VettingJudged {
  const given = new Map(Object.entries(answers))
  const isAnswered = ({ id }: VettingLine) => {
    const answer = given.get(id)
    return typeof answer === 'string' && answer.trim() !== ''
  }
  return {
    list: VETTING_LIST.id,
    answered: VETTING_LIST.lines.filter(isAnswered).map(({ id }) => id),
    open: VETTING_LIST.lines.filter((line) => !isAnswered(line)),
    unknown: [...given.keys()].filter((id) => !VETTING_LIST.lines.some((line) => line.id === id)),
  }
}
