import { changeDue } from '../../../core/cases/terms/project-contact.ts'
import { inTransaction } from '../../store/connection.ts'
import { dueProjects, updateProject } from '../../store/project.ts'
import { eachAlone } from '../each-alone.ts'
import { releaseLetters } from '../letters/release-letters.ts'
import { actContact } from './act-contact.ts'
import { stewardAt } from './act-steward.ts'
import { headOf, loadProject } from './load-project.ts'
import type { ProjectDesk } from './project-desk.ts'
import { projectDue } from './project-due.ts'

const AT_ONCE = 100

/** Tells projects the time that wait for it: a change of contact or maintainer whose 72 hours are over, a stewardship's deadline. */
export async function sweepProjects(desk: ProjectDesk): Promise<number> {
  const due = await inTransaction(desk.store, 'all', (tx) => dueProjects(tx, desk.clock(), AT_ONCE))
  await eachAlone(due, 1, (id) =>
    inTransaction(desk.store, 'all', async (tx) => {
      const loaded = await loadProject(desk, tx, id, true)
      if (loaded === null) return
      const { file, now } = loaded
      const care = stewardAt(loaded)
      const changes = care === null ? {} : { steward: care.state, stewardBody: care }
      const change = changeDue(file)
      if (change !== null && change <= now)
        await actContact({ desk, tx, asker: { as: 'weir' } }, loaded, { do: 'clock' }, changes)
      else {
        const told = { ...changes, dueAt: projectDue(file, care ?? loaded.care) }
        // Where nothing happened the version stays, so that nobody is told to look again.
        await updateProject(tx, headOf(loaded, care === null ? { ...told, version: loaded.row.version } : told))
      }
      await releaseLetters(desk, tx, id)
    }),
  )
  return due.length
}
