import type { AdvisoryRow, AdvisoryView } from '../../../contract/shapes/advisory.ts'
import { type AdvisoryFormat, completeness, MISSING, type Missing } from '../../../core/advisories/completeness.ts'
import type { AdvisoryContent } from '../../../core/advisories/content.ts'
import { type Edition, editionOf } from '../../../core/advisories/edition.ts'
import { mayPublish } from '../../../core/cases/publishing.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import type { AdvisoryDesk } from './advisory-desk.ts'
import { editionFiles } from './edition-files.ts'
import { contentOf, type SeenAdvisory } from './load-advisory.ts'

/** A published advisory as everybody sees it: from its edition alone. */
export function editionView(desk: AdvisoryDesk, edition: Edition): AdvisoryView {
  return {
    row: editionRow(edition),
    version: edition.history.at(-1)?.number ?? 1,
    content: { ...edition.content },
    history: historyOf(edition),
    withdrawn: withdrawnOf(edition),
    missing: lacksOf(edition.content),
    without: [],
    publish: null,
    files: editionFiles(edition, desk.publisher).map(({ path }) => path),
    may: [],
  }
}

/** One line of the public list. */
export function editionRow(edition: Edition): AdvisoryRow {
  const { history, withdrawn, released, updated, content } = edition
  return {
    id: edition.id,
    title: content.title,
    state: withdrawn !== null ? 'withdrawn' : history.length > 1 ? 'corrected' : 'published',
    revision: history.at(-1)?.number ?? 1,
    aliases: aliasesOf(content),
    releaseAt: null,
    publishedAt: formatInstant(released),
    updatedAt: formatInstant(updated),
    case: null,
  }
}

/** An advisory as those who read its case see it; `acts`: also for whoever coordinates it. */
export function draftView(desk: AdvisoryDesk, seen: SeenAdvisory, acts: boolean): AdvisoryView | null {
  const { advisory, home, plan } = seen
  const content = contentOf(advisory)
  const edition = editionOf(advisory)
  if (content === null) return null
  return {
    row: draftRow(seen, content),
    version: advisory.version,
    content: { ...content },
    history: edition === null ? [] : historyOf(edition),
    withdrawn: edition === null ? null : withdrawnOf(edition),
    missing: lacksOf(content),
    without: [...(plan?.without ?? [])],
    publish: edition === null ? publishOut(seen) : null,
    files: edition === null ? [] : editionFiles(edition, desk.publisher).map(({ path }) => path),
    may: acts && home.person !== null ? mayOf(seen) : [],
  }
}

/** One line of the list of drafts. */
export function draftRow({ advisory, row }: SeenAdvisory, content: AdvisoryContent): AdvisoryRow {
  const edition = editionOf(advisory)
  return {
    id: advisory.id,
    title: content.title,
    state: advisory.state,
    revision: advisory.revisions.length,
    aliases: aliasesOf(content),
    releaseAt: advisory.release === null ? null : formatInstant(advisory.release),
    publishedAt: edition === null ? null : formatInstant(edition.released),
    updatedAt: formatInstant(instant(row.changed_at)),
    case: row.case_id,
  }
}

function publishOut({ home }: SeenAdvisory): NonNullable<AdvisoryView['publish']> {
  const may = mayPublish(home.case, home.now)
  return { may: may.may, says: may.may ? BECAUSE[may.because] : may.reasons.map(({ say }) => say).join(' ') }
}

const BECAUSE = {
  'no-embargo': 'No embargo binds.',
  ended: 'The embargo has ended.',
  'all-agreed': 'Everybody whom the embargo binds agreed to publish.',
} as const

function mayOf({ advisory: { state, release }, home }: SeenAdvisory): AdvisoryView['may'] {
  if (state === 'published' || state === 'corrected') return ['correct', 'withdraw']
  if (state === 'withdrawn' || home.case.state === 'closed') return []
  if (state === 'draft') return ['edit', 'ready']
  return release === null ? ['edit', 'publish'] : ['edit', 'publish', 'hold']
}

function historyOf({ history }: Edition): AdvisoryView['history'] {
  return history.map(({ number, at, what }) => ({ number, at: formatInstant(at), what }))
}

function withdrawnOf({ withdrawn }: Edition): AdvisoryView['withdrawn'] {
  return withdrawn === null ? null : { ...withdrawn, at: formatInstant(withdrawn.at) }
}

function aliasesOf({ flaws }: AdvisoryContent): string[] {
  return [...new Set(flaws.flatMap(({ aliases }) => aliases))]
}

function lacksOf(content: AdvisoryContent): AdvisoryView['missing'] {
  const { csaf, osv, cve, atom } = completeness(content)
  return { csaf: csaf.map(lackOf), osv: osv.map(lackOf), cve: cve.map(lackOf), atom: atom.map(lackOf) }
}

/** What one format lacks, with a sentence for the editor. */
export function lacksIn(content: AdvisoryContent, format: AdvisoryFormat): AdvisoryView['missing']['csaf'] {
  return completeness(content)[format].map(lackOf)
}

function lackOf({ at, what }: Missing) {
  return { at, what, says: MISSING[what] }
}
