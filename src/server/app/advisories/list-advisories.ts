import type { AdvisoryList, AdvisoryRow } from '../../../contract/shapes/advisory.ts'
import { rulesFor } from '../../../core/access/permits.ts'
import { presentAdvisory } from '../../../core/access/present/advisory.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import type { Edition } from '../../../core/advisories/edition.ts'
import { draftIdsNear, publishedRows } from '../../store/advisory.ts'
import { inTransaction } from '../../store/connection.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import type { AdvisoryDesk } from './advisory-desk.ts'
import { draftRow, editionRow } from './advisory-view.ts'
import { contentOf, seeAdvisories } from './load-advisory.ts'

const MOST_DRAFTS = 200

export interface Page {
  readonly before: { readonly at: number; readonly id: string } | null
  readonly limit: number
}

/** Published advisories, the newest release first, and on the first page the drafts whose cases the asker reads. */
export async function listAdvisories(
  desk: AdvisoryDesk,
  who: Principal,
  page: Page,
): Promise<Answer<{ view: Presented<Omit<AdvisoryList, 'next'>>; next: Page['before'] }>> {
  const rows = await inTransaction(desk.store, 'none', (tx) => publishedRows(tx, { ...page, limit: page.limit + 1 }))
  const shown = rows.slice(0, page.limit)
  const last = shown.at(-1)
  const more = rows.length > page.limit && last !== undefined && last.published_at !== null
  const drafts = page.before === null ? await draftsOf(desk, who) : []
  const view = presentAdvisory(who, { rows: shown.map((row) => editionRow(row.public as Edition)), drafts })
  if (view === null) return NOT_FOUND
  return done({ view, next: more ? { at: last.published_at ?? 0, id: last.id } : null })
}

async function draftsOf(desk: AdvisoryDesk, who: Principal): Promise<AdvisoryRow[]> {
  const { organisation } = who
  if (organisation === null || rulesFor(who, 'list', 'advisory-draft').length === 0) return []
  return await inTransaction(desk.store, 'all', async (tx) => {
    const ids = await draftIdsNear(tx, organisation, MOST_DRAFTS)
    return (await seeAdvisories(desk, tx, who, 'list', ids)).flatMap((seen) => {
      const content = contentOf(seen.advisory)
      return content === null ? [] : [draftRow(seen, content)]
    })
  })
}
