import type { AdvisoryFormat } from '../../../core/advisories/completeness.ts'
import type { Edition } from '../../../core/advisories/edition.ts'
import type { Publisher } from '../../../core/advisories/publisher.ts'
import { csafPath } from '../../../formats/advisory/public-place.ts'
import { renderEntry } from '../../../formats/advisory/render-atom.ts'
import { renderCsaf } from '../../../formats/advisory/render-csaf.ts'
import { renderCve } from '../../../formats/advisory/render-cve.ts'
import { renderOsv } from '../../../formats/advisory/render-osv.ts'
import { sortedJson } from '../../../formats/advisory/sorted-json.ts'

export interface EditionFile {
  /** Below the root of the public tree. */
  readonly path: string
  readonly text: string
}

/** The files of one edition with the bytes that the public tree holds; of the feed, which has many, none. */
export function editionFiles(given: Edition, publisher: Publisher): EditionFile[] {
  const edition = atHome(given, publisher)
  return (['csaf', 'osv', 'cve'] as const).flatMap((format) => formatFiles(edition, publisher, format))
}

/** The files of an edition in one format; of Atom its entry in the feed. */
export function formatFiles(given: Edition, publisher: Publisher, format: AdvisoryFormat): EditionFile[] {
  const edition = atHome(given, publisher)
  switch (format) {
    case 'csaf':
      return [{ path: csafPath(edition), text: renderCsaf(edition) }]
    case 'osv':
      return renderOsv(edition).map(({ id, record }) => ({ path: `osv/${id}.json`, text: sortedJson(record) }))
    case 'cve':
      return renderCve(edition).map(({ id, record }) => ({ path: `cve/${id}.json`, text: sortedJson(record) }))
    case 'atom':
      return [{ path: 'feed.atom', text: renderEntry(edition, publisher) }]
  }
}

/** As the tree is built: links lead to where this instance is served now. */
function atHome(edition: Edition, { home }: Publisher): Edition {
  const { content } = edition
  return { ...edition, content: { ...content, publisher: { ...content.publisher, home } } }
}
