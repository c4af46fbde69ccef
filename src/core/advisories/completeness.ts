import type { AdvisoryContent, AdvisoryFlaw, AffectedProduct } from './content.ts'
import { osvPackage } from './osv-package.ts'

export const FORMATS = ['csaf', 'osv', 'cve', 'atom'] as const
export type AdvisoryFormat = (typeof FORMATS)[number]

/** What can be missing, with a sentence for the editor. */
export const MISSING = {
  title: 'Give it a title.',
  summary: 'Say in a few sentences what the matter is.',
  description: 'Describe the flaw.',
  flaws: 'Name at least one flaw.',
  affected: 'Name at least one product and how it stands to the flaw.',
  versions: 'Say which versions are affected.',
  justification: 'A product that is not affected needs a justification or a statement.',
  package: 'Name a package of an ecosystem that OSV knows, or a range of commits in a repository.',
  'cve-id': 'The flaw has no CVE id.',
  cna: 'The publisher is no CVE Numbering Authority.',
  english: 'CVE records need English text.',
} as const

export interface Missing {
  /** Path in the content, for example `flaws/0/affected`. */
  readonly at: string
  readonly what: keyof typeof MISSING
}

export type Completeness = Readonly<Record<AdvisoryFormat, readonly Missing[]>>

/** What each format still lacks; an empty list: it can be rendered whole. OSV and CVE records are one per flaw. */
export function completeness(content: AdvisoryContent): Completeness {
  const head: Missing[] = [...lack(content.title, 'title', 'title'), ...lack(content.summary, 'summary', 'summary')]
  const none: Missing[] = content.flaws.length === 0 ? [{ at: 'flaws', what: 'flaws' }] : []
  const each = (rule: (flaw: AdvisoryFlaw, at: string) => readonly Missing[]): Missing[] =>
    content.flaws.flatMap((flaw, n) => rule(flaw, `flaws/${n}`))
  const text = each(missingText)
  return {
    csaf: [...head, ...none, ...text, ...each(missingInCsaf)],
    osv: [...none, ...text, ...each(missingInOsv)],
    cve: [...missingCna(content), ...none, ...text, ...each(missingInCve)],
    atom: head,
  }
}

/** Whether everything is there that every reader needs: CSAF and the feed can be rendered. */
export function isReadable(content: AdvisoryContent): boolean {
  const { csaf, atom } = completeness(content)
  return csaf.length === 0 && atom.length === 0
}

/** Whether OSV can name what a product entry is about, and it is said to be affected. */
export function isForOsv(product: AffectedProduct): boolean {
  if (product.status !== 'affected') return false
  const isNamed = product.purl !== null && osvPackage(product.purl) !== null
  const hasCommits = product.ranges.some(({ scheme }) => scheme === 'git')
  return hasCommits || (isNamed && (product.ranges.length > 0 || product.versions.length > 0))
}

/** The CVE id of a flaw; null where it has none. */
export function cveOf(flaw: AdvisoryFlaw): string | null {
  return flaw.aliases.find((alias) => alias.startsWith('CVE-')) ?? null
}

function missingText(flaw: AdvisoryFlaw, at: string): readonly Missing[] {
  return [...lack(flaw.title, `${at}/title`, 'title'), ...lack(flaw.description, `${at}/description`, 'description')]
}

function missingInCsaf({ affected }: AdvisoryFlaw, at: string): readonly Missing[] {
  if (affected.length === 0) return [{ at: `${at}/affected`, what: 'affected' }]
  return affected.flatMap((product, n): Missing[] => {
    const bare = product.justification === null && product.statement === null
    if (product.status === 'not-affected') return bare ? [{ at: `${at}/affected/${n}`, what: 'justification' }] : []
    const unsaid = product.ranges.length === 0 && product.versions.length === 0
    return product.status === 'affected' && unsaid ? [{ at: `${at}/affected/${n}`, what: 'versions' }] : []
  })
}

function missingInOsv({ affected }: AdvisoryFlaw, at: string): readonly Missing[] {
  return affected.some(isForOsv) ? [] : [{ at: `${at}/affected`, what: 'package' }]
}

function missingInCve(flaw: AdvisoryFlaw, at: string): readonly Missing[] {
  const missing: Missing[] = []
  if (cveOf(flaw) === null) missing.push({ at: `${at}/aliases`, what: 'cve-id' })
  if (flaw.affected.length === 0) missing.push({ at: `${at}/affected`, what: 'affected' })
  return missing
}

function missingCna({ publisher, language }: AdvisoryContent): readonly Missing[] {
  const missing: Missing[] = []
  if (publisher.cna === null) missing.push({ at: 'publisher/cna', what: 'cna' })
  if (language !== 'en' && !language.startsWith('en-')) missing.push({ at: 'language', what: 'english' })
  return missing
}

function lack(text: string, at: string, what: keyof typeof MISSING): readonly Missing[] {
  return text.trim() === '' ? [{ at, what }] : []
}
