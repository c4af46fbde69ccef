import type { ActProject, ProjectAct } from '../../../contract/shapes/project.ts'
import { permits } from '../../../core/access/permits.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { parseId } from '../../../core/kernel/id.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { type Answer, denied, NOT_FOUND } from '../answer.ts'
import { releaseLetters } from '../letters/release-letters.ts'
import { actContact, askProof, checkProof, vouchFor } from './act-contact.ts'
import { actSteward } from './act-steward.ts'
import { actPace, putKey, setTerms } from './act-terms.ts'
import { type LoadedProject, loadProject } from './load-project.ts'
import type { ProjectDesk } from './project-desk.ts'
import { standingTo } from './project-view.ts'

/** Who does something to a project, and what was found before the transaction began. */
export interface Acting {
  readonly desk: ProjectDesk
  readonly tx: Tx
  readonly who: Principal
  readonly person: string
  readonly coordinator: boolean
  readonly own: boolean
}

/** Does what a person wants done to a project. Whoever is not proved to be its maintainer may ask for a proof, and nothing else. */
export async function actProject(desk: ProjectDesk, who: Principal, text: string, given: ActProject): Promise<Answer<null>> {
  const id = parseId('project', text)
  const { act, version } = given
  const subject = { noun: 'project', stage: 'open', organisation: who.organisation, person: null, held: false } as const
  const { person } = who
  if (id === null || person === null || !permits(who, 'decide', subject)) return NOT_FOUND
  const looked = act.do === 'check-proof' && act.seen === null ? await lookFor(desk, id, act.proof) : null
  return await inTransaction(desk.store, 'all', async (tx) => {
    const loaded = await loadProject(desk, tx, id, true)
    if (loaded === null) return NOT_FOUND
    if (loaded.row.version !== version) return denied('project.changed', 'Load it again and decide on what you see then.')
    const { coordinator, own } = standingTo(who, loaded)
    const acting: Acting = { desk, tx, who, person, coordinator, own }
    const open = act.do === 'ask-proof' || act.do === 'check-proof'
    if (!coordinator && !own && !open)
      return denied('project.refused', 'Prove first that you maintain this project.', 'asker.not-proved')
    const answer = await obey(acting, loaded, act, looked)
    if (answer.ok) await releaseLetters(desk, tx, id)
    return answer
  })
}

async function obey(acting: Acting, loaded: LoadedProject, act: ProjectAct, looked: string | null): Promise<Answer<null>> {
  switch (act.do) {
    case 'set-terms':
      return await setTerms(acting, loaded, act)
    case 'set-budget':
    case 'pause':
      return await actPace(acting, loaded, act)
    case 'put-key':
      return await putKey(acting, loaded, act)
    case 'ask-proof':
      return await askProof(acting, loaded, act)
    case 'check-proof':
      return await checkProof(acting, loaded, act, looked)
    case 'vouch':
      return await vouchFor(acting, loaded, act.proof)
    case 'stop-change':
      return await actContact(acting, loaded, { do: 'stop-change' }, {})
    case 'steward':
      return await actSteward(acting, loaded, act)
  }
}

/** What stands at a proof's place, where this instance looks there itself; before the transaction, for it may take its time. */
async function lookFor(desk: ProjectDesk, project: string, proof: string): Promise<string | null> {
  const found = await inTransaction(desk.store, 'all', async (tx) => {
    const loaded = await loadProject(desk, tx, project)
    return loaded?.file.proofs.find(({ subject, kind }) => loaded.ids.get(`${kind} ${subject}`) === proof) ?? null
  })
  return found === null ? null : await desk.look(found.kind, found.place).catch(() => null)
}
