import { type Refused, refuse } from '../kernel/decision.ts'

/** Why an advisory did not do what it was told; a sentence for whoever asked. */
export const ADVISORY_REFUSALS = {
  'advisory.malformed': 'A field of the advisory is missing, too long, or not of its form.',
  'advisory.incomplete': 'Something is missing that every reader needs; the list of what is missing says what.',
  'advisory.wrong-state': 'This is not possible in the state the advisory is in.',
  'advisory.unchanged': 'The correction says the same as the newest revision.',
  'advisory.not-clear': 'Only an advisory labelled TLP:CLEAR goes out to everyone.',
  'advisory.not-permitted': 'The case does not permit the release yet.',
  'advisory.too-early': 'The planned instant of the release has not come.',
  'advisory.clock-behind': 'The clock stands before the newest revision; wait until it has passed it.',
  'advisory.full': 'The advisory has as many revisions as it can have.',
  'advisory.reason-needed': 'Say why, in plain words that readers will see.',
  'advisory.not-person': 'This step is taken by a person.',
} as const

export type AdvisoryRefusal = keyof typeof ADVISORY_REFUSALS

/** The refusal of that code with its sentence. */
export function no(code: AdvisoryRefusal): Refused<AdvisoryRefusal> {
  return refuse(code, ADVISORY_REFUSALS[code])
}
