import type { ProjectAct } from '../contract/shapes/project.ts'
import { actProject } from '../server/app/projects/act-project.ts'
import { addProject } from '../server/app/projects/add-project.ts'
import { loadProject } from '../server/app/projects/load-project.ts'
import type { ProjectDesk } from '../server/app/projects/project-desk.ts'
import { inTransaction } from '../server/store/connection.ts'
import { LEFT } from './case-script.ts'
import type { CaseStage } from './case-stage.ts'
import { must } from './docket-cast.ts'

const COORDINATOR = 'ines.marrow@northcoast.example'
const LEAD = 'leif.tanaka@skerry.example'
const WHY = 'The last release is from four years ago and three letters had no answer.'

/** Enters a package that nobody maintains, with somebody asked to look at it. */
export async function seedSteward(stage: CaseStage, desk: ProjectDesk): Promise<void> {
  const { past, people } = stage
  past.again(8)
  const known = await inTransaction(desk.store, 'all', ({ db }) =>
    db.selectFrom('project').select('id').where('purl', '=', LEFT.purl).executeTakeFirst(),
  )
  const asked = { name: 'old-lantern', purl: LEFT.purl, repository: null, terms: {}, source: 'its page in the registry' }
  const id = known?.id ?? must(await addProject(past.on(desk), people(COORDINATOR), asked), 'a package').id
  const load = async () => (await inTransaction(desk.store, 'all', (tx) => loadProject(past.on(desk), tx, id)))!
  const act = async (what: ProjectAct) => {
    const { version } = (await load()).row
    must(await actProject(past.on(desk), people(COORDINATOR), id, { version, act: what }), what.do)
  }
  const none = { do: 'steward', why: WHY, lead: null, lastSignAt: null, end: null } as const
  if ((await load()).care === null) await act({ ...none, to: 'unassigned', firstLetterAt: past.in(-120) })
  past.ago(5)
  if ((await load()).care?.state === 'unassigned')
    await act({ ...none, to: 'assessing', firstLetterAt: null, lead: people(LEAD).person })
}
