import type { CalendarOut } from '../../../contract/shapes/case.ts'

export type Due = CalendarOut['rows'][number]['what']

export const WHAT: Readonly<Record<Due, string>> = {
  'embargo-ends': 'Embargo ends',
  'answer-awaited': 'Invitation: answer due',
  'proposal-answer': 'Proposal: answers due',
  ladder: 'Next contact step',
  'legal-duty': 'Duty by law',
  release: 'Release',
}

/** The lanes of the gauge, from above, and what stands in each. */
export const LANES: readonly { readonly name: string; readonly what: readonly Due[] }[] = [
  { name: 'Embargoes and releases', what: ['embargo-ends', 'release'] },
  { name: 'Duties by law', what: ['legal-duty'] },
  { name: 'Answers and steps', what: ['answer-awaited', 'proposal-answer', 'ladder'] },
]
