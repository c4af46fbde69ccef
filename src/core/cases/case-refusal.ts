import { type Refused, refuse } from '../kernel/decision.ts'

/** Every reason a case refuses, with the sentence for whoever asked. None says whether somebody else takes part. */
export const CASE_REFUSALS = {
  'command.malformed': 'The request lacks something, or something in it is too long or not of its kind.',
  'case.closed': 'The case is closed; nothing more can happen to it.',
  'case.full': 'The case keeps as many entries of this sort as it can.',
  'case.no-flaws': 'The case has no flaw.',
  'asker.not-coordinator': 'Only a coordinator of this case can do this.',
  'asker.not-yours': 'You do not speak for this participant.',
  'asker.not-weir': 'This step is taken by the program itself.',
  'asker.wrong-kind': 'A participant of this kind does not take this step.',
  'asker.not-reader': 'Agree to the terms first: this is about what only readers of the case know.',
  'asker.two-people': 'A second person of the same vendor must approve what the first one stated.',
  'participant.exists': 'This participant is in the case already.',
  'participant.none': 'There is no such participant in the case.',
  'participant.left': 'The participant has left the case.',
  'participant.chair': 'The coordinator of the case neither leaves it nor is invited to it.',
  'participant.in': 'The participant is in already and was offered nothing new.',
  'invitation.no-flaws': 'An invitation offers at least one flaw, and only those the inviter reads.',
  'invitation.none': 'No invitation stands open.',
  'invitation.terms-changed': 'The terms are not the ones you were shown; read them again, or ask for a new invitation.',
  'invitation.proposal-stands': 'Your own proposal has no answer yet; wait for one or take it back before you come in.',
  'report.not-accepted': 'Accept the report before passing it on to others.',
  'report.move': 'The report cannot go from its state to that one.',
  'report.embargo-stands': 'A report stays open while an embargo binds; defer it until then.',
  'flaw.none': 'There is no such flaw in the case for this participant.',
  'flaw.exists': 'The flaw is in the case already.',
  'flaw.public': 'An embargo covers only flaws of which nothing is public and no attacks are seen.',
  'flaw.noted': 'This was noted already.',
  'work.step': 'That step does not follow from where the vendor is with this flaw.',
  'work.not-prioritised': 'Accept or defer the report before announcing a fix.',
  'work.justification': 'Only "not affected" carries a justification, and it needs one.',
  'work.nothing-stated': 'No such statement stands for approval.',
  'cve.malformed': 'A CVE id looks like CVE-2026-12345.',
  'embargo.exited': 'The embargo of this case has ended for good; a new one needs a new case.',
  'embargo.past': 'An embargo ends in the future.',
  'embargo.too-long': 'An embargo cannot end later than the policy of this clearinghouse allows.',
  'embargo.same': 'These are the terms that stand already.',
  'embargo.no-proposal': 'No such proposal stands open.',
  'embargo.own-proposal': 'Whoever proposes has accepted; take the proposal back instead.',
  'embargo.answered': 'This was your answer already.',
  'embargo.not-binding': 'No embargo binds now.',
  'embargo.default-too-late': 'A receiver’s default applies only where nobody has proposed anything.',
  'embargo.not-ripe': 'The case does not show this reason: not everybody agreed, or not most vendors have a fix.',
  'embargo.weighing-needed': 'An end before the inherited one needs the digest of what it would reveal about the other cases.',
  'embargo.stands': 'An embargo binds, its end has not come, and not every signatory has agreed to publish.',
  'legal.past': 'The duty’s instant is not a plausible one.',
  'publish.said': 'That is what you said already.',
  'merge.self': 'A case cannot be merged with itself.',
  'merge.not-open': 'The other case is not open.',
  'merge.other-coordinator': 'Only cases of one coordinator can be merged.',
  'merge.ended':
    'An end stays an end: merge what is under no embargo into the case whose embargo has ended, and not the other way round.',
  'split.all': 'A split leaves at least one flaw where it was.',
  'split.later': 'A case that is split off begins with the inherited end or an earlier one; propose a later one there.',
} as const

export type CaseRefusal = keyof typeof CASE_REFUSALS

/** The refusal of that code with its sentence. */
export function no(code: CaseRefusal): Refused<CaseRefusal> {
  return refuse(code, CASE_REFUSALS[code])
}
