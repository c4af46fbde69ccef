import type { ProjectAct } from '../../../contract/shapes/project.ts'
import { subjectOf } from '../../../core/cases/terms/contact.ts'
import type { ContactAsker, ContactCommand } from '../../../core/cases/terms/contact-command.ts'
import { CONTACT_REFUSALS } from '../../../core/cases/terms/contact-refusal.ts'
import { decideContact } from '../../../core/cases/terms/decide-contact.ts'
import { evolveContact } from '../../../core/cases/terms/evolve-contact.ts'
import { accountSubject } from '../../../core/cases/terms/project-contact.ts'
import type { Proof, ProofKind } from '../../../core/cases/terms/proof.ts'
import { addNotice } from '../../store/notice.ts'
import { type ProjectHead, updateProject } from '../../store/project.ts'
import { type Answer, denied, done } from '../answer.ts'
import { loseContact } from '../letters/lose-contact.ts'
import { tellOldContact } from '../letters/tell-old-contact.ts'
import type { Acting } from './act-project.ts'
import { headOf, type LoadedProject, storeContact } from './load-project.ts'
import { projectDue } from './project-due.ts'
import { PROOF_WORDS } from './project-view.ts'
import { canAskRegistry, isOwner, mailOf } from './registry-owner.ts'

type Of<Name extends ProjectAct['do']> = Extract<ProjectAct, { do: Name }>
type Asked = Of<'ask-proof'>
type PlaceKind = Exclude<ProofKind, 'registry-owner'>

const KINDS = Object.fromEntries(Object.entries(PROOF_WORDS).map(([kind, word]) => [word, kind])) as Record<
  Asked['kind'],
  ProofKind
>

/** One command of core on a project's contact, with what else changes in its row, stored together. */
export async function actContact(
  acting: Pick<Acting, 'desk' | 'tx'> & { readonly asker?: ContactAsker } & Partial<Acting>,
  loaded: LoadedProject,
  command: ContactCommand,
  changes: Partial<ProjectHead>,
): Promise<Answer<null>> {
  const { desk, tx } = acting
  const asker = acting.asker ?? askerOf(acting as Acting)
  const decision = decideContact(loaded.file, command, asker, loaded.now, desk.tokenOf)
  if (!decision.ok) return denied('project.refused', decision.say, decision.code)
  const after = decision.events.reduce(evolveContact, loaded.file)
  await storeContact(desk, tx, loaded, after)
  const terms = { ...((changes.terms ?? loaded.terms) as object), contact: after.contact }
  const { organisation } = after
  const care = (changes.stewardBody ?? loaded.care) as LoadedProject['care']
  await updateProject(tx, headOf(loaded, { ...changes, terms, organisation, dueAt: projectDue(after, care) }))
  const old = loaded.file.contact
  for (const event of decision.events) {
    if (event.type === 'contact-change-proposed') await tellOldContact(desk, tx, loaded, event.tell, event.dueAt)
    if (event.type === 'move-proposed') {
      const told = { organisation: event.tell, case: null, thing: loaded.row.id, at: loaded.now }
      await addNotice(tx, desk.random, { ...told, kind: 'maintainer-change' })
    }
    if (event.type === 'contact-changed' && old !== null)
      await loseContact(desk, tx, { project: loaded.row.id, old, now: loaded.now }, event.contact)
  }
  return done(null)
}

/** A coordinator, or the account of an organisation, which stands for itself. */
function askerOf({ coordinator, person, who }: Acting): ContactAsker {
  const organisation = who.organisation ?? ''
  return coordinator ? { as: 'coordinator', person, organisation } : { as: 'contact', subject: accountSubject(organisation) }
}

/** Asks for a proof of the contact in force, or of an organisation with accounts: the asker's own unless a coordinator names one. */
export async function askProof(acting: Acting, loaded: LoadedProject, act: Asked): Promise<Answer<null>> {
  const kind = KINDS[act.kind]
  const named = acting.coordinator ? (act.organisation ?? null) : acting.who.organisation
  if (named !== null && !(await isOrganisation(acting, named)))
    return denied('request.invalid', 'There is no organisation of that id.', 'act/organisation')
  const { contact } = loaded.file
  if (named === null && contact === null)
    return denied('project.refused', 'No contact of the project is known.', 'contact.none')
  const subject = named === null ? subjectOf(contact!) : accountSubject(named)
  if (kind === 'registry-owner') return await askRegistryProof(acting, loaded, subject)
  const place = placeOf(loaded, kind, named)
  if (place === null)
    return denied(
      'project.refused',
      'The project has no place of that kind on file; a coordinator enters it.',
      'proof.other-place',
    )
  return await actContact(acting, loaded, { do: 'ask-proof', subject, kind, place }, {})
}

/** A registry knows owners by their mail address, so only a contact by mail can be found among them. */
async function askRegistryProof(acting: Acting, loaded: LoadedProject, subject: string): Promise<Answer<null>> {
  const place = loaded.file.places.purls.find((purl) => canAskRegistry(acting.desk.registries, purl))
  if (place === undefined)
    return denied(
      'project.refused',
      'This instance asks no registry about a package of this project; another proof is needed.',
      'proof.not-looked',
    )
  if (mailOf(subject) === null)
    return denied(
      'project.refused',
      'A registry names owners by mail address, so it can prove a contact by mail only, not an organisation or a page.',
      'proof.other-place',
    )
  return await actContact(acting, loaded, { do: 'ask-proof', subject, kind: 'registry-owner', place }, {})
}

function placeOf({ file: { places } }: LoadedProject, kind: PlaceKind, organisation: string | null): string | null {
  if (kind === 'repository-file') return places.repository
  if (kind === 'vouched') return organisation ?? 'nobody here'
  return places.domains[0] ?? null
}

/**
 * Looks whether a token stands where it was asked for: what this instance found itself, or what two different coordinators saw there
 * and pasted. A contact's own paste proves nothing.
 */
export async function checkProof(
  acting: Acting,
  loaded: LoadedProject,
  act: Of<'check-proof'>,
  looked: string | null,
): Promise<Answer<null>> {
  const proof = proofOfId(loaded, act.proof)
  if (proof === null) return denied('project.refused', 'There is no proof of that id here.', 'proof.none')
  if (act.seen !== null && !acting.coordinator)
    return denied('project.refused', 'A coordinator looks at the place and says what stands there.', 'asker.not-coordinator')
  if (proof.kind === 'registry-owner') return await checkOwner(acting, loaded, proof, act.seen, looked)
  const found = act.seen ?? looked
  if (found === null)
    return denied(
      'project.refused',
      'This instance does not look there itself; a coordinator looks and pastes what was seen.',
      'proof.not-looked',
    )
  const { subject, kind } = proof
  // What this instance found proves it; what a coordinator saw is one word of two.
  const asker = act.seen === null ? { asker: { as: 'weir' } as const } : {}
  return await actContact({ ...acting, ...asker }, loaded, { do: 'show-token', subject, kind, found }, {})
}

/** Confirms an owner whom the registry named when it was asked just now; nobody's paste stands for that. */
async function checkOwner(
  acting: Acting,
  loaded: LoadedProject,
  { subject, place }: Proof,
  seen: string | null,
  owners: string | null,
): Promise<Answer<null>> {
  const no = (say: string, code: string) => denied('project.refused', say, code)
  if (seen !== null) return no('Who owns a package is asked of its registry by a configured check.', 'proof.not-looked')
  if (!loaded.file.places.purls.includes(place)) return no(CONTACT_REFUSALS['proof.other-place'], 'proof.other-place')
  if (!canAskRegistry(acting.desk.registries, place))
    return no('This instance asks no registry about that package; another proof is needed.', 'proof.not-looked')
  if (owners === null) return no('The registry gave no answer that can be used; try later.', 'proof.not-looked')
  if (!isOwner(subject, owners))
    return no('The registry does not have the contact’s address among the owners of the package.', 'proof.not-found')
  return await actContact({ ...acting, asker: { as: 'weir' } }, loaded, { do: 'confirm-owner', subject }, {})
}

/** A coordinator vouches; it takes two. */
export async function vouchFor(acting: Acting, loaded: LoadedProject, id: string): Promise<Answer<null>> {
  const proof = proofOfId(loaded, id)
  if (proof === null || proof.kind !== 'vouched')
    return denied('project.refused', 'There is no proof of that id to vouch for.', 'proof.none')
  return await actContact(acting, loaded, { do: 'vouch', subject: proof.subject }, {})
}

function proofOfId({ file, ids }: LoadedProject, id: string): Proof | null {
  return file.proofs.find(({ subject, kind }) => ids.get(`${kind} ${subject}`) === id) ?? null
}

async function isOrganisation({ tx }: Acting, id: string): Promise<boolean> {
  return (await tx.db.selectFrom('organisation').select('id').where('id', '=', id).executeTakeFirst()) !== undefined
}
