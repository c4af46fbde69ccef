import type { AdvisoryPreview, AdvisoryView } from '../../../contract/shapes/advisory.ts'
import { permits } from '../../../core/access/permits.ts'
import { presentAdvisory, presentDraft } from '../../../core/access/present/advisory.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { FORMATS, isReadable } from '../../../core/advisories/completeness.ts'
import { type Edition, editionOf, previewOf } from '../../../core/advisories/edition.ts'
import { parseId } from '../../../core/kernel/id.ts'
import { loadAdvisoryRow } from '../../store/advisory.ts'
import { inTransaction } from '../../store/connection.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { writeRead } from '../cases/write-read.ts'
import type { AdvisoryDesk } from './advisory-desk.ts'
import { draftView, editionView, lacksIn } from './advisory-view.ts'
import { formatFiles } from './edition-files.ts'
import { contentOf, seeAdvisory } from './load-advisory.ts'

/** One advisory: for those of its case with what belongs to that, for everybody else what is published, if it is. */
export async function readAdvisory(desk: AdvisoryDesk, who: Principal, text: string): Promise<Answer<Presented<AdvisoryView>>> {
  const id = parseId('advisory', text)
  if (id === null) return NOT_FOUND
  if (who.kind !== 'stranger') {
    const own = await inTransaction(desk.store, 'all', async (tx) => {
      const seen = await seeAdvisory(desk, tx, who, 'read', id)
      if (seen === null) return null
      const view = draftView(desk, seen, permits(who, 'decide', seen.subject))
      // A draft is content of its case; what is out is nobody's secret.
      if (seen.advisory.revisions.length === 0) await writeRead(tx, seen.home, 'advisory', id)
      return view === null ? null : presentDraft(who, seen.subject, view)
    })
    if (own !== null) return done(own)
  }
  // Under a scope in which the records show published rows only.
  const row = await inTransaction(desk.store, 'none', (tx) => loadAdvisoryRow(tx, id, false))
  if (row === undefined || row.published_at === null) return NOT_FOUND
  const shown = presentAdvisory(who, editionView(desk, row.public as Edition))
  return shown === null ? NOT_FOUND : done(shown)
}

/** Exactly what would go out in one format if it went out now, what is missing, and what the official check of CSAF says. */
export async function previewAdvisory(
  desk: AdvisoryDesk,
  who: Principal,
  text: string,
  asked: string,
): Promise<Answer<Presented<AdvisoryPreview>>> {
  const format = FORMATS.find((one) => one === asked)
  if (format === undefined) return denied('request.invalid', `One of ${FORMATS.join(', ')}.`, 'format')
  const seen = await inTransaction(desk.store, 'all', (tx) => seeAdvisory(desk, tx, who, 'read', text))
  const content = seen === null ? null : contentOf(seen.advisory)
  if (seen === null || content === null) return NOT_FOUND
  const edition = editionOf(seen.advisory) ?? previewOf(seen.advisory, content, seen.home.now)
  const readable = isReadable(content)
  const files = readable || format === 'osv' || format === 'cve' ? formatFiles(edition, desk.publisher, format) : []
  const faults = format === 'csaf' && readable ? await desk.checkCsaf(files[0]?.text ?? '') : []
  const view = { format, files, missing: lacksIn(content, format), faults: [...faults] }
  const shown = presentDraft(who, seen.subject, view)
  return shown === null ? NOT_FOUND : done(shown)
}
