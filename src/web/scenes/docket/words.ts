import type { DocketView } from '../../../contract/shapes/docket.ts'
import { SEAT_TABLE } from '../../../core/docket/seat.ts'

export const KIND = {
  notice: 'Notice of a release',
  access: 'Access before release',
  deployment: 'Deployment in government',
} as const

export const STATE: Readonly<Record<DocketView['state'], string>> = {
  inquiry: 'Inquiry',
  terms: 'Terms',
  'access-ready': 'Access ready',
  'window-open': 'Window open',
  analysis: 'Analysis',
  recorded: 'Recorded',
  'partner-selection': 'Partner selection',
  'partner-access': 'Partner access',
  closing: 'Closing',
  closed: 'Closed',
}

export const SEAT: Readonly<Record<DocketView['seats'][number], string>> = {
  'developer-lead': 'Developer’s lead',
  'developer-engineer': 'Developer’s engineer',
  'docket-officer': 'Docket officer',
  'access-custodian': 'Access custodian',
  'benchmark-custodian': 'Benchmark custodian',
  'run-operator': 'Run operator',
  analyst: 'Analyst',
  'second-analyst': 'Second analyst',
  'determining-authority': 'Determining authority',
  'partner-steward': 'Partner steward',
  'partner-person': 'Partner’s person',
  inspector: 'Inspector',
}

/** The side on which somebody with those seats signs. */
export function sideOf(seats: DocketView['seats']): 'developer' | 'office' {
  return seats.some((seat) => SEAT_TABLE[seat].side === 'developer') ? 'developer' : 'office'
}

export const COMPARTMENT = {
  D: 'the developer’s own',
  B: 'the sealed benchmark',
  R: 'results',
  J: 'joint',
  P: 'partners',
} as const

export const MOVE = {
  developer: 'The developer’s move',
  office: 'The office’s move',
  both: 'Both sides’ move',
  nobody: 'Nobody’s move',
} as const

export const RECORDED = {
  covered: 'Covered',
  'not-covered': 'Not covered',
  undetermined: 'Undetermined',
  'not-assessed': 'Not assessed',
} as const

export const ENDS_BECAUSE = {
  days: 'the days both sides agreed on',
  'planned-release': 'your release to other trusted partners',
  policy: 'the most that the policy allows',
} as const

export const VETTING: Readonly<Record<string, string>> = {
  'identity-unclear': 'It is not known who they are',
  'ownership-unclear': 'It is not known who owns them',
  'no-defended-system': 'They name no system that they defend',
  'weak-sign-in': 'Their sign-in is not strong enough',
  'no-named-people': 'They name no people',
  'no-logging-consent': 'They do not consent to logging',
  'no-incident-contact': 'They name no contact for incidents',
  'sub-processors-unknown': 'Their sub-processors are not known',
  'foreign-control': 'The question of foreign control is open',
  'prior-misuse': 'Earlier misuse',
  'no-training': 'Their people are not trained in handling',
  'no-disclosure-duty': 'They do not take on the duty to disclose findings',
  expired: 'Their answers are too old',
  'other-terms': 'Other terms would be needed',
}
