import { createHash } from 'node:crypto'
import type { Edition } from '../../core/advisories/edition.ts'
import type { Publisher } from '../../core/advisories/publisher.ts'
import type { Instant } from '../../core/kernel/instant.ts'
import { csafPath } from '../../formats/advisory/public-place.ts'
import { renderAtom } from '../../formats/advisory/render-atom.ts'
import { renderCsaf } from '../../formats/advisory/render-csaf.ts'
import { renderCve } from '../../formats/advisory/render-cve.ts'
import { renderOsv } from '../../formats/advisory/render-osv.ts'
import { sortedJson, sortedLine } from '../../formats/advisory/sorted-json.ts'
import { type ListedAdvisory, listOf } from './advisory-index.ts'
import { changesCsv, indexText, providerMetadata, rolieFeed } from './csaf-provider.ts'

/** The feed holds the newest; who wants all reads the index. */
const FEED_ENTRIES = 200

export interface TreeFile {
  readonly path: string
  readonly text: string
}

/**
 * Every file of the tree, each path once, the files of an advisory before the lists that name them. Editions come newest first;
 * where two advisories speak of one flaw or one CVE id the newer record stands.
 */
export function* treeFiles(editions: readonly Edition[], publisher: Publisher, at: Instant): Generator<TreeFile> {
  const taken = new Set<string>()
  const lines: string[] = []
  const listed: ListedAdvisory[] = []
  const isNew = (path: string): boolean => !taken.has(path) && taken.add(path) !== null
  for (const edition of editions) {
    const csaf = csafPath(edition)
    const osv = renderOsv(edition).filter(({ id }) => isNew(`osv/${id}.json`))
    const cve = renderCve(edition).filter(({ id }) => isNew(`cve/${id}.json`))
    yield* withDigests(csaf, renderCsaf(edition))
    for (const { id, record } of osv) {
      lines.push(sortedLine(record))
      yield { path: `osv/${id}.json`, text: sortedJson(record) }
    }
    for (const { id, record } of cve) yield { path: `cve/${id}.json`, text: sortedJson(record) }
    listed.push({ edition, csaf, osv: osv.map(({ id }) => id), cve: cve.map(({ id }) => id) })
  }
  const lastUpdated = editions[0]?.updated ?? at
  yield { path: 'osv/all.ndjson', text: lines.map((line) => `${line}\n`).join('') }
  yield { path: 'advisories/index.json', text: sortedJson(listOf(listed, publisher, lastUpdated)) }
  yield { path: 'feed.atom', text: renderAtom(editions.slice(0, FEED_ENTRIES), publisher, at) }
  yield { path: 'csaf/index.txt', text: indexText(editions) }
  yield { path: 'csaf/changes.csv', text: changesCsv(editions) }
  yield { path: 'csaf/feed-tlp-white.json', text: sortedJson(rolieFeed(editions, publisher, lastUpdated)) }
  yield { path: '.well-known/csaf/provider-metadata.json', text: sortedJson(providerMetadata(publisher, lastUpdated)) }
}

function* withDigests(path: string, text: string): Generator<TreeFile> {
  yield { path, text }
  const name = path.slice(path.lastIndexOf('/') + 1)
  for (const algorithm of ['sha256', 'sha512'])
    yield { path: `${path}.${algorithm}`, text: `${createHash(algorithm).update(text).digest('hex')}  ${name}\n` }
}
