import type { AdvisoryFlaw } from '../../core/advisories/content.ts'
import type { Edition } from '../../core/advisories/edition.ts'
import { formatInstant } from '../../core/kernel/instant.ts'

/** Where a CSAF document lies below the root of the public tree: year of its first release, file name of CSAF 2.0 section 5.1. */
export function csafPath(edition: Edition): string {
  const year = formatInstant(edition.released).slice(0, 4)
  return `csaf/${year}/${edition.id.toLowerCase().replace(/[^+\-a-z0-9]+/g, '_')}.json`
}

/** Web address of a path below the root of the public tree. */
export function publicAddress(edition: Edition, path: string): string {
  return `${edition.content.publisher.home}/${path}`
}

/** The OSV id of a flaw: the publisher's prefix and the body of the flaw's own id, the same in every revision. */
export function osvId(edition: Edition, flaw: AdvisoryFlaw): string {
  return `${edition.content.publisher.prefix}-${flaw.id.slice('flw_'.length)}`
}
