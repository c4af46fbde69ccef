import type { Edition } from '../../core/advisories/edition.ts'
import type { Publisher } from '../../core/advisories/publisher.ts'
import { formatInstant, type Instant } from '../../core/kernel/instant.ts'
import { plainLine, plainText } from '../../formats/advisory/plain-text.ts'
import { csafPath } from '../../formats/advisory/public-place.ts'
import type { Json } from '../../formats/advisory/sorted-json.ts'

const SCHEMA = 'https://docs.oasis-open.org/csaf/csaf/v2.0/csaf_json_schema.json'

/** What tells CSAF readers where to look (CSAF 2.0, section 7.1.7 and `provider_json_schema`). */
export function providerMetadata(publisher: Publisher, lastUpdated: Instant): Json {
  const { home, kind, name, namespace, contact } = publisher
  return {
    canonical_url: `${home}/.well-known/csaf/provider-metadata.json`,
    distributions: [
      { directory_url: `${home}/csaf/` },
      { rolie: { feeds: [{ summary: 'All advisories.', tlp_label: 'WHITE', url: `${home}/csaf/feed-tlp-white.json` }] } },
    ],
    last_updated: formatInstant(lastUpdated),
    list_on_CSAF_aggregators: true,
    metadata_version: '2.0',
    mirror_on_CSAF_aggregators: true,
    publisher: {
      category: kind,
      contact_details: contact === null ? undefined : plainLine(contact),
      name: plainLine(name),
      namespace,
    },
    role: 'csaf_provider',
  }
}

/** `index.txt` of section 7.1.12: every document, one a line, below the folder in which the index lies. */
export function indexText(editions: readonly Edition[]): string {
  return editions.map((edition) => `${below(edition)}\n`).join('')
}

/** `changes.csv` of section 7.1.13: document and instant of its newest revision, newest first. */
export function changesCsv(editions: readonly Edition[]): string {
  return editions.map((edition) => `"${below(edition)}","${formatInstant(edition.updated)}"\n`).join('')
}

/** The ROLIE feed (RFC 8322 as JSON, section 7.1.15) of everything that is TLP:WHITE. */
export function rolieFeed(editions: readonly Edition[], { home, name }: Publisher, lastUpdated: Instant): Json {
  return {
    feed: {
      id: 'csaf-feed-tlp-white',
      title: `${plainLine(name)}: advisories, TLP:WHITE`,
      link: [{ rel: 'self', href: `${home}/csaf/feed-tlp-white.json` }],
      category: [{ scheme: 'urn:ietf:params:rolie:category:information-type', term: 'csaf' }],
      updated: formatInstant(lastUpdated),
      entry: editions.map((edition) => entryOf(edition, home)),
    },
  }
}

function entryOf(edition: Edition, home: string): Json {
  const url = `${home}/${csafPath(edition)}`
  return {
    id: edition.id,
    title: plainLine(edition.content.title),
    link: [
      { rel: 'self', href: url },
      { rel: 'hash', href: `${url}.sha256` },
      { rel: 'hash', href: `${url}.sha512` },
    ],
    published: formatInstant(edition.released),
    updated: formatInstant(edition.updated),
    summary: { content: plainText(edition.content.summary) },
    content: { type: 'application/json', src: url },
    format: { schema: SCHEMA, version: '2.0' },
  }
}

function below(edition: Edition): string {
  return csafPath(edition).slice('csaf/'.length)
}
