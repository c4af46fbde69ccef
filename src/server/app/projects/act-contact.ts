import type { ProjectAct } from '../../../contract/shapes/project.ts'
import { subjectOf } from '../../../core/cases/terms/contact.ts'
import type { ContactAsker, ContactCommand, ContactEvent } from '../../../core/cases/terms/contact-command.ts'
import { decideContact } from '../../../core/cases/terms/decide-contact.ts'
import { evolveContact } from '../../../core/cases/terms/evolve-contact.ts'
import type { Proof, ProofKind } from '../../../core/cases/terms/proof.ts'
import { type ProjectHead, updateProject } from '../../store/project.ts'
import { type Answer, denied, done } from '../answer.ts'
import { tellOldContact } from '../letters/tell-old-contact.ts'
import type { Acting } from './act-project.ts'
import { headOf, type LoadedProject, storeContact } from './load-project.ts'
import { accountSubject, PROOF_WORDS } from './project-view.ts'

type Of<Name extends ProjectAct['do']> = Extract<ProjectAct, { do: Name }>
type Asked = Of<'ask-proof'>

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
  const organisation = organisationOf(loaded, decision.events)
  await updateProject(
    tx,
    headOf(loaded, { ...changes, terms, organisation, dueAt: after.change?.dueAt ?? loaded.care?.dueAt ?? null }),
  )
  for (const event of decision.events)
    if (event.type === 'contact-change-proposed') await tellOldContact(desk, tx, loaded, event.tell, event.dueAt)
  return done(null)
}

/** A coordinator, or the account of an organisation, which stands for itself. */
function askerOf({ coordinator, person, who }: Acting): ContactAsker {
  const organisation = who.organisation ?? ''
  return coordinator ? { as: 'coordinator', person, organisation } : { as: 'contact', subject: accountSubject(organisation) }
}

/** The organisation on file: the one whose account was proved last. */
function organisationOf({ row }: LoadedProject, events: readonly ContactEvent[]): string | null {
  const proved = events.find((event) => event.type === 'maintainer-proved' && event.subject.startsWith('organisation:'))
  return proved !== undefined && proved.type === 'maintainer-proved'
    ? proved.subject.slice('organisation:'.length)
    : row.organisation_id
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
  const place = placeOf(loaded, kind, named)
  if (place === null)
    return denied(
      'project.refused',
      'The project has no place of that kind on file; a coordinator enters it.',
      'proof.other-place',
    )
  return await actContact(acting, loaded, { do: 'ask-proof', subject, kind, place }, {})
}

function placeOf({ file: { places } }: LoadedProject, kind: ProofKind, organisation: string | null): string | null {
  if (kind === 'repository-file') return places.repository
  if (kind === 'registry-owner') return places.purls[0] ?? null
  if (kind === 'vouched') return organisation ?? 'nobody here'
  return places.domains[0] ?? null
}

/**
 * Looks whether a token stands where it was asked for: what a coordinator saw there and pasted, or what this instance found itself.
 * A contact's own paste proves nothing.
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
  const found = act.seen ?? looked
  if (found === null)
    return denied(
      'project.refused',
      'This instance does not look there itself; a coordinator looks and pastes what was seen.',
      'proof.not-looked',
    )
  const { subject, kind } = proof
  const weir = { ...acting, asker: { as: 'weir' } as const }
  if (kind !== 'registry-owner') return await actContact(weir, loaded, { do: 'show-token', subject, kind, found }, {})
  if (act.seen !== null)
    return denied('project.refused', 'Who owns a package is asked of its registry by a configured check.', 'proof.not-looked')
  return await actContact(weir, loaded, { do: 'confirm-owner', subject }, {})
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
