import { inTransaction } from '../../store/connection.ts'
import { ownVexById, ownVexVersions } from '../../store/exposure-vex.ts'
import type { ExposureDesk } from './exposure-desk.ts'
import { openOwnVex } from './own-vex-body.ts'
import { readOrTell, type Unread } from './unread-rows.ts'

const AT_ONCE = 50

/** Takes over VEX documents that organisations brought, renewed or took out since this process last looked; tells what to compute anew. */
export async function readOwnVex(
  desk: ExposureDesk,
  owe: (organisation: string, places: Iterable<string>) => void,
  unread: Unread,
): Promise<void> {
  const { book, vex } = desk
  const versions = await inTransaction(desk.store, 'all', async (tx) => await ownVexVersions(tx))
  const there = new Set(versions.map(({ id }) => id))
  for (const [id, { organisation }] of [...vex.documents]) {
    if (there.has(id)) continue
    owe(organisation, book.placesAbout(vex.remove(id)))
  }
  const changed = versions.filter(({ id, version }) => vex.versionOf(id) !== version && unread.told.get(id) !== version)
  for (let from = 0; from < changed.length; from += AT_ONCE) {
    const ids = changed.slice(from, from + AT_ONCE).map(({ id }) => id)
    const rows = await inTransaction(desk.store, 'all', async (tx) => await ownVexById(tx, ids))
    for (const row of rows)
      readOrTell(row, unread, () => {
        const statements = openOwnVex(desk, row)
        if (statements === null) return
        owe(row.organisation_id, book.placesAbout(vex.put(row.organisation_id, row.id, row.version, statements)))
      })
  }
}
