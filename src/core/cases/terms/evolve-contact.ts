import type { Id } from '../../kernel/id.ts'
import type { ContactEvent } from './contact-command.ts'
import type { ProjectContact, ProjectPlaces } from './project-contact.ts'
import { type Proof, proofState } from './proof.ts'

/** A project of which nobody has a contact yet. */
export function openContact(project: Id<'project'>, places: ProjectPlaces): ProjectContact {
  return { project, places, contact: null, change: null, organisation: null, move: null, proofs: [] }
}

/** The state after an event. */
export function evolveContact(file: ProjectContact, event: ContactEvent): ProjectContact {
  switch (event.type) {
    case 'proof-asked': {
      const { subject, kind, place, token, at } = event
      // What ran out is dropped here, and nowhere else, so that a file stays small however often it is asked.
      const others = file.proofs.filter(
        (proof) => !(proof.subject === subject && proof.kind === kind) && proofState(proof, at) !== 'expired',
      )
      return { ...file, proofs: [...others, { subject, kind, place, token, askedAt: at, provedAt: null, vouches: [] }] }
    }
    case 'vouched':
      return change(file, event.subject, event.kind, (proof) => ({
        ...proof,
        vouches: [...proof.vouches, { by: event.by, organisation: event.organisation, at: event.at }],
      }))
    case 'maintainer-proved':
      return change(file, event.subject, event.kind, (proof) => ({ ...proof, provedAt: event.at }))
    case 'contact-set':
      return { ...file, contact: event.contact }
    case 'contact-change-proposed':
      return { ...file, change: { to: event.to, by: event.by, proposedAt: event.at, dueAt: event.dueAt } }
    case 'contact-change-stopped':
      return { ...file, change: null }
    case 'contact-changed':
      return { ...file, contact: event.contact, change: null }
    case 'organisation-set':
      return { ...file, organisation: event.organisation }
    case 'move-proposed':
      return { ...file, move: { to: event.to, by: event.by, proposedAt: event.at, dueAt: event.dueAt } }
    case 'move-stopped':
      return { ...file, move: null }
    case 'organisation-moved':
      return { ...file, organisation: event.organisation, move: null }
  }
}

function change(file: ProjectContact, subject: string, kind: Proof['kind'], to: (proof: Proof) => Proof): ProjectContact {
  return { ...file, proofs: file.proofs.map((proof) => (proof.subject === subject && proof.kind === kind ? to(proof) : proof)) }
}
