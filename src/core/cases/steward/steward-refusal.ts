import { type Refused, refuse } from '../../kernel/decision.ts'

/** Why a stewardship did not do what it was told; a sentence for whoever asked. */
export const STEWARD_REFUSALS = {
  'target.malformed': 'A stewardship is of one package, named by a package URL without version.',
  'silence.too-short':
    'A maintainer counts as silent after 90 days without a sign and without an answer to a letter, not before.',
  'silence.future': 'A sign, a letter or a declaration cannot lie in the future.',
  'digest.malformed': 'A digest must be SHA-256 in 64 lower-case hexadecimal digits.',
  'stewardship.ended': 'This stewardship has ended; open another if the package needs one again.',
  'stewardship.wrong-state': 'This is not possible in the state the stewardship is in.',
  'stewardship.wrong-policy': 'The stewardship was opened under another version of the rules.',
  'stewardship.full': 'The stewardship keeps as many fixes as it can.',
  'asker.not-coordinator': 'Only a coordinator can do this.',
  'asker.not-steward': 'Only the lead or the co-lead can do this.',
  'asker.not-lead': 'Only the lead can do this.',
  'asker.same-person': 'Whoever confirms must be another person than the lead.',
  'lead.same-person': 'Lead and co-lead must be two people.',
  'co-lead.exists': 'There is a co-lead already.',
  'assessment.none': 'The lead has not handed in an assessment yet.',
  'fork.name-missing': 'A fork needs a package URL of its own, and only a fork has one.',
  'name.never-taken': 'A steward never takes over the name of a package; a fork goes by a name of its own.',
} as const

export type StewardRefusal = keyof typeof STEWARD_REFUSALS

/** The refusal of that code with its sentence. */
export function no(code: StewardRefusal): Refused<StewardRefusal> {
  return refuse(code, STEWARD_REFUSALS[code])
}
