import { accept, type Decision } from '../../kernel/decision.ts'
import { type Instant, instant } from '../../kernel/instant.ts'
import type { ContactAsker, ContactCommand, ContactEvent } from './contact-command.ts'
import { type ContactRefusal, no } from './contact-refusal.ts'
import { accountOf, type ProjectContact, type ProjectPlaces } from './project-contact.ts'
import { CHANGE_WAITS, type Proof, type ProofKind, proofState, showsToken, tokenInput } from './proof.ts'

export type ContactDecision = Decision<ContactEvent, ContactRefusal>

type Of<D extends ContactCommand['do']> = Extract<ContactCommand, { readonly do: D }>

// Proofs that ran out are dropped first, so this bounds what one project can be made to keep.
const MOST_PROOFS = 100

/** Derives a token from a text: HMAC under a key outside the database, as letters and digits. */
export type TokenOf = (input: string) => string

/** Asks for a proof of oneself, or as a coordinator of anybody; others could put aside a token that somebody is about to show. */
export function askProof(
  file: ProjectContact,
  command: Of<'ask-proof'>,
  asker: ContactAsker,
  now: Instant,
  tokenOf: TokenOf,
): ContactDecision {
  const { subject, kind, place } = command
  if (asker.as !== 'coordinator' && (asker.as !== 'contact' || asker.subject !== subject)) return no('asker.other-subject')
  // The place is then the maintainer's organisation, from which nobody may vouch: not for the asker to say.
  if (kind === 'vouched' && asker.as !== 'coordinator') return no('asker.not-coordinator')
  if (!isOwnPlace(file.places, kind, place)) return no('proof.other-place')
  const standing = proofOf(file, subject, kind)
  if (standing && proofState(standing, now) === 'proved') return no('proof.proved-already')
  // Asking again gives the token that was given: whoever is about to show it is not put off.
  if (standing && standing.place === place && proofState(standing, now) === 'asked') return accept()
  if (!standing && file.proofs.filter((proof) => proofState(proof, now) !== 'expired').length >= MOST_PROOFS)
    return no('proof.full')
  const byToken = kind !== 'registry-owner' && kind !== 'vouched'
  const token = byToken ? tokenOf(tokenInput(file.project, { subject, kind, place, askedAt: now })) : null
  return accept({ type: 'proof-asked', project: file.project, at: now, subject, kind, place, token })
}

/** What the program fetched proves; what a coordinator says to have seen is their word, and needs another one's beside it. */
export function showToken(file: ProjectContact, command: Of<'show-token'>, asker: ContactAsker, now: Instant): ContactDecision {
  if (asker.as === 'contact') return no('asker.not-coordinator')
  const proof = openProof(file, command.subject, command.kind, now)
  if (proof === null) return no('proof.none')
  if (proof.token === null) return no('proof.not-by-token')
  if (!showsToken(proof.kind, proof.token, command.found)) return no('proof.not-found')
  return asker.as === 'weir' ? proved(file, proof, now) : word(file, proof, accountOf(proof.subject), asker, now)
}

export function confirmOwner(
  file: ProjectContact,
  command: Of<'confirm-owner'>,
  asker: ContactAsker,
  now: Instant,
): ContactDecision {
  if (asker.as !== 'weir') return no('asker.not-weir')
  const proof = openProof(file, command.subject, 'registry-owner', now)
  return proof === null ? no('proof.none') : proved(file, proof, now)
}

/** Two different coordinators, neither of the maintainer's organisation. */
export function vouch(file: ProjectContact, command: Of<'vouch'>, asker: ContactAsker, now: Instant): ContactDecision {
  if (asker.as !== 'coordinator') return no('asker.not-coordinator')
  const proof = openProof(file, command.subject, 'vouched', now)
  if (proof === null) return no('proof.none')
  return word(file, proof, proof.place, asker, now)
}

/** One coordinator's word for a proof; the second different one's proves it. Nobody gives it for their own organisation. */
function word(
  file: ProjectContact,
  proof: Proof,
  theirs: string | null,
  asker: Extract<ContactAsker, { readonly as: 'coordinator' }>,
  now: Instant,
): ContactDecision {
  if (asker.organisation === theirs) return no('vouch.own-organisation')
  if (proof.vouches.some(({ by }) => by === asker.person)) return no('vouch.same-person')
  const { subject, kind } = proof
  const { person: by, organisation } = asker
  const said: ContactEvent = { type: 'vouched', project: file.project, at: now, subject, kind, by, organisation }
  if (proof.vouches.length === 0) return accept(said)
  const done = proved(file, proof, now)
  return done.ok ? accept(said, ...done.events) : done
}

export function proofOf(file: ProjectContact, subject: string, kind: ProofKind): Proof | null {
  return file.proofs.find((proof) => proof.subject === subject && proof.kind === kind) ?? null
}

function openProof(file: ProjectContact, subject: string, kind: ProofKind, now: Instant): Proof | null {
  const proof = proofOf(file, subject, kind)
  return proof !== null && proofState(proof, now) === 'asked' ? proof : null
}

/** A place that the asker chose would prove only that the asker owns it. */
function isOwnPlace(places: ProjectPlaces, kind: ProofKind, place: string): boolean {
  if (kind === 'repository-file') return places.repository === place
  if (kind === 'registry-owner') return places.purls.includes(place)
  return kind === 'vouched' || places.domains.includes(place)
}

/**
 * The first organisation that proves itself maintains the project at once: there is nobody to tell. Another one waits as long as a
 * change of contact does, and the newest that proved itself is the one that waits.
 */
function moveTo({ project, organisation, move }: ProjectContact, subject: string, now: Instant): ContactEvent[] {
  const to = accountOf(subject)
  if (to === null || to === organisation || to === move?.to) return []
  if (organisation === null) return [{ type: 'organisation-set', project, at: now, organisation: to }]
  return [{ type: 'move-proposed', project, at: now, to, by: subject, dueAt: instant(now + CHANGE_WAITS), tell: organisation }]
}

function proved(file: ProjectContact, { subject, kind }: Proof, now: Instant): ContactDecision {
  const project = { project: file.project, at: now }
  return accept<ContactEvent>({ type: 'maintainer-proved', ...project, subject, kind }, ...moveTo(file, subject, now))
}
