import type { ProjectAct } from '../../../contract/shapes/project.ts'
import { UNKNOWN_BUDGET } from '../../../core/cases/budget/budget.ts'
import { sameContact } from '../../../core/cases/terms/contact.ts'
import type { Pace, ProjectTerms } from '../../../core/cases/terms/project-terms.ts'
import { parseInstant } from '../../../core/kernel/instant.ts'
import { updateProject } from '../../store/project.ts'
import { type Answer, denied, done } from '../answer.ts'
import { actContact } from './act-contact.ts'
import type { Acting } from './act-project.ts'
import { pausedOf, readTermsOf } from './add-project.ts'
import { type FiledKey, headOf, type LoadedProject } from './load-project.ts'

type Of<Name extends ProjectAct['do']> = Extract<ProjectAct, { do: Name }>

/** New terms. All of them hold at once but for contact and route: those wait 72 hours, and the present contact is told. */
export async function setTerms(acting: Acting, loaded: LoadedProject, act: Of<'set-terms'>): Promise<Answer<null>> {
  const { row, file } = loaded
  const read = readTermsOf(act.terms, row)
  if (!read.ok) return read
  const wanted = read.value.contact
  const present = file.contact
  // Whoever maintains a project says how reports reach it; that they do not at all is said by the opt-out.
  if (wanted === null && present !== null)
    return denied('project.refused', 'Name the contact; a project that wants no reports says so in optOut.', 'contact.none')
  const own = { purls: row.purl === null ? read.value.project.purls : [row.purl], repository: row.repository }
  const kept: ProjectTerms = { ...read.value, project: { ...read.value.project, ...own }, contact: present }
  const changes = { terms: kept, source: act.source, pausedUntil: pausedOf(kept) }
  if (wanted !== null && (present === null || !sameContact(present, wanted)))
    return await actContact(acting, loaded, { do: 'propose-contact', contact: wanted }, changes)
  await updateProject(acting.tx, headOf(loaded, changes))
  return done(null)
}

/** The pace: how many at once and in a week, or a pause. */
export async function actPace(acting: Acting, loaded: LoadedProject, act: Of<'set-budget' | 'pause'>): Promise<Answer<null>> {
  const stated: Pace = loaded.terms.pace ?? { ...UNKNOWN_BUDGET, pausedUntil: null }
  if (act.do === 'pause' && act.until !== null && parseInstant(act.until) === null)
    return denied('request.invalid', 'An instant with its zone, for example 2026-12-24T00:00:00Z.', 'act/until')
  const pace: Pace =
    act.do === 'pause' ? { ...stated, pausedUntil: act.until } : { ...stated, openAtOnce: act.openAtOnce, perWeek: act.perWeek }
  const terms = { ...loaded.terms, pace }
  await updateProject(acting.tx, headOf(loaded, { terms, pausedUntil: pausedOf(terms) }))
  return done(null)
}

const MOST_KEYS = 8

/** Puts a PGP key on file for the fingerprint that the terms name; without it nothing to that contact goes at all. */
export async function putKey(acting: Acting, loaded: LoadedProject, act: Of<'put-key'>): Promise<Answer<null>> {
  const fingerprint = act.fingerprint.replaceAll(/\s/g, '').toUpperCase()
  if (!/^(?:[0-9A-F]{40}|[0-9A-F]{64})$/.test(fingerprint))
    return denied('request.invalid', 'The fingerprint in full, 40 or 64 hexadecimal digits.', 'act/fingerprint')
  if (!/^-----BEGIN PGP PUBLIC KEY BLOCK-----[\s\S]*-----END PGP PUBLIC KEY BLOCK-----\s*$/.test(act.armoured.trim()))
    return denied('request.invalid', 'A public PGP key in ASCII armour.', 'act/armoured')
  const one: FiledKey = { fingerprint, armoured: act.armoured.trim() }
  const keys = [one, ...loaded.keys.filter((other) => other.fingerprint !== fingerprint)].slice(0, MOST_KEYS)
  await updateProject(acting.tx, headOf(loaded, { keys }))
  return done(null)
}
