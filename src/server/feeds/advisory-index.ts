import type { Edition } from '../../core/advisories/edition.ts'
import type { Publisher } from '../../core/advisories/publisher.ts'
import { formatInstant, type Instant } from '../../core/kernel/instant.ts'
import { plainLine, plainText } from '../../formats/advisory/plain-text.ts'
import type { Json } from '../../formats/advisory/sorted-json.ts'

export interface ListedAdvisory {
  readonly edition: Edition
  readonly csaf: string
  readonly osv: readonly string[]
  readonly cve: readonly string[]
}

/** All advisories with their state and the paths of their renderings below the root of the tree. */
export function listOf(listed: readonly ListedAdvisory[], publisher: Publisher, lastUpdated: Instant): Json {
  return {
    publisher: plainLine(publisher.name),
    updated: formatInstant(lastUpdated),
    advisories: listed.map(({ edition, csaf, osv, cve }) => ({
      id: edition.id,
      title: plainLine(edition.content.title),
      state: stateOf(edition),
      revision: edition.history.at(-1)?.number ?? 1,
      released: formatInstant(edition.released),
      updated: formatInstant(edition.updated),
      withdrawn_because: edition.withdrawn === null ? undefined : plainText(edition.withdrawn.reason),
      aliases: [...new Set(edition.content.flaws.flatMap(({ aliases }) => aliases))],
      csaf,
      osv: osv.map((id) => `osv/${id}.json`),
      cve: cve.map((id) => `cve/${id}.json`),
    })),
  }
}

function stateOf({ withdrawn, history }: Edition): string {
  if (withdrawn !== null) return 'withdrawn'
  return history.length > 1 ? 'corrected' : 'published'
}
