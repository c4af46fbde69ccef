import { inTransaction } from '../../store/connection.ts'
import { dueProjects, updateProject } from '../../store/project.ts'
import { releaseLetters } from '../letters/release-letters.ts'
import { actContact } from './act-contact.ts'
import { stewardAt, stewardDue } from './act-steward.ts'
import { headOf, loadProject } from './load-project.ts'
import type { ProjectDesk } from './project-desk.ts'

const AT_ONCE = 100

/** Tells projects the time that wait for it: a change of contact whose 72 hours are over, a stewardship's deadline. */
export async function sweepProjects(desk: ProjectDesk): Promise<number> {
  const due = await inTransaction(desk.store, 'all', (tx) => dueProjects(tx, desk.clock(), AT_ONCE))
  for (const id of due)
    await inTransaction(desk.store, 'all', async (tx) => {
      const loaded = await loadProject(desk, tx, id, true)
      if (loaded === null) return
      const care = stewardAt(loaded)
      const changes = care === null ? {} : { steward: care.state, stewardBody: care }
      const { change } = loaded.file
      if (change !== null && change.dueAt <= loaded.now) {
        const weir = { desk, tx, asker: { as: 'weir' } as const }
        const next = { ...loaded, file: { ...loaded.file, change: null } }
        await actContact(weir, loaded, { do: 'clock' }, changes)
        const after = await loadProject(desk, tx, id, true)
        const left = after?.care ?? null
        if (after !== null && left !== null)
          await updateProject(tx, headOf(after, { dueAt: stewardDue(next, left), version: after.row.version }))
      } else if (care !== null) await updateProject(tx, headOf(loaded, { ...changes, dueAt: stewardDue(loaded, care) }))
      else await updateProject(tx, headOf(loaded, { dueAt: dueOf(loaded), version: loaded.row.version }))
      await releaseLetters(desk, tx, id)
    })
  return due.length
}

function dueOf(loaded: Parameters<typeof stewardDue>[0]): number | null {
  return loaded.care === null ? (loaded.file.change?.dueAt ?? null) : stewardDue(loaded, loaded.care)
}
