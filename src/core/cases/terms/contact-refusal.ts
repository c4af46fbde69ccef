import { type Refused, refuse } from '../../kernel/decision.ts'

/** Why a project's contact or a proof did not change; a sentence for whoever asked. */
export const CONTACT_REFUSALS = {
  'asker.not-coordinator': 'Only a coordinator can do this.',
  'asker.not-weir': 'This step is taken by the program itself.',
  'asker.not-proved': 'Only a coordinator, or who is proved to be the maintainer, can do this.',
  'asker.not-old-contact': 'Only who is to be replaced, who proposed the change, or a coordinator can stop it.',
  'asker.other-subject': 'A contact asks for proofs of itself only.',
  'proof.other-place': 'The place is not one of the project’s own.',
  'proof.none': 'No such proof was asked for, or it has run out; ask anew.',
  'proof.full': 'Too many proofs are open for this project.',
  'proof.proved-already': 'This was proved already and still holds.',
  'proof.not-by-token': 'A proof of this kind is not shown by a token.',
  'proof.not-found': 'The line was not found at the place.',
  'vouch.same-person': 'It takes two different coordinators: you gave your word already.',
  'vouch.own-organisation': 'Nobody vouches for their own organisation.',
  'change.same': 'This is the contact already.',
  'change.pending': 'Another change is waiting; stop it first.',
  'change.none': 'No change is waiting.',
} as const

export type ContactRefusal = keyof typeof CONTACT_REFUSALS

/** The refusal of that code with its sentence. */
export function no(code: ContactRefusal): Refused<ContactRefusal> {
  return refuse(code, CONTACT_REFUSALS[code])
}
