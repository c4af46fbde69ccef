import type { AdvisoryView } from '../../../contract/shapes/advisory.ts'
import type { AffectedProduct, AffectedRange, Remedy, Scorer } from '../../../core/advisories/content.ts'

export const STATE: Readonly<Record<AdvisoryView['row']['state'], string>> = {
  draft: 'Draft',
  ready: 'Ready',
  published: 'Published',
  corrected: 'Corrected',
  withdrawn: 'Withdrawn',
}

export const FORMAT: Readonly<Record<AdvisoryView['without'][number], string>> = {
  csaf: 'CSAF',
  osv: 'OSV',
  cve: 'CVE record',
  atom: 'Feed',
}

export const STATUS: Readonly<Record<AffectedProduct['status'], string>> = {
  affected: 'Affected',
  'under-investigation': 'Being looked at',
  fixed: 'Fixed',
  'not-affected': 'Not affected',
}

export const SCORER: Readonly<Record<Scorer, string>> = { vendor: 'Vendor', coordinator: 'Clearinghouse', finder: 'Finder' }

export const REMEDY: Readonly<Record<Remedy['kind'], string>> = {
  fix: 'Fix',
  workaround: 'Workaround',
  mitigation: 'Mitigation',
  'no-fix-planned': 'No fix is planned',
  'none-yet': 'Nothing yet',
}

/** A range in words: from where, and up to where with or without that version. */
export function rangeWords({ introduced, fixed, lastAffected }: AffectedRange): string {
  const from = introduced === null ? 'all' : `from ${introduced}`
  if (fixed !== null) return `${from} before ${fixed}`
  return lastAffected === null ? from : `${from} up to ${lastAffected}`
}

/** What a product is called: its purl, else its vendor's name for it. */
export const productName = ({ purl, vendor, product }: AffectedProduct): string =>
  purl ?? ([vendor, product].filter((one) => one !== null).join(' ') || 'a product without a name')
