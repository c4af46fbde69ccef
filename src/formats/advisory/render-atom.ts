import type { Edition } from '../../core/advisories/edition.ts'
import type { Publisher } from '../../core/advisories/publisher.ts'
import { formatInstant, type Instant } from '../../core/kernel/instant.ts'
import { plainLine, plainText } from './plain-text.ts'
import { csafPath } from './public-place.ts'

const ESCAPES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
])

/** Text for an element or an attribute of XML 1.0: what XML refuses is replaced, what it reads as markup is escaped. */
export function xmlText(text: string): string {
  return plainText(text).replace(/[&<>"']/g, (one) => ESCAPES.get(one) ?? one)
}

/** An Atom feed (RFC 4287) of the editions in the order given; `at` dates a feed without entries. Texts are plain, never HTML. */
export function renderAtom(editions: readonly Edition[], publisher: Publisher, at: Instant): string {
  const newest = editions.reduce<Instant | null>(
    (latest, { updated }) => (latest === null || updated > latest ? updated : latest),
    null,
  )
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `  <id>${xmlText(publisher.home)}/feed.atom</id>`,
    `  <title>${xmlText(plainLine(publisher.name))}: advisories</title>`,
    `  <updated>${formatInstant(newest ?? at)}</updated>`,
    `  <link rel="self" type="application/atom+xml" href="${xmlText(publisher.home)}/feed.atom"/>`,
    `  <author><name>${xmlText(plainLine(publisher.name))}</name><uri>${xmlText(publisher.namespace)}</uri></author>`,
    '  <generator>Weir</generator>',
    ...editions.map((edition) => renderEntry(edition, publisher)),
    '</feed>',
    '',
  ].join('\n')
}

/** One edition as an Atom entry; its id never changes. */
export function renderEntry(edition: Edition, publisher: Publisher): string {
  const { content, released, updated, withdrawn } = edition
  const address = `${publisher.home}/${csafPath(edition)}`
  const summary = withdrawn === null ? content.summary : `Withdrawn: ${withdrawn.reason}\n\n${content.summary}`
  const title = withdrawn === null ? content.title : `Withdrawn: ${content.title}`
  const names = [...new Set(content.flaws.flatMap(({ aliases }) => aliases))]
  return [
    `  <entry xml:lang="${xmlText(content.language)}">`,
    `    <id>${xmlText(address)}</id>`,
    `    <title type="text">${xmlText(plainLine(title))}</title>`,
    `    <published>${formatInstant(released)}</published>`,
    `    <updated>${formatInstant(updated)}</updated>`,
    `    <link rel="alternate" type="application/json" href="${xmlText(address)}"/>`,
    ...names.map((name) => `    <category term="${xmlText(name)}"/>`),
    `    <summary type="text">${xmlText(summary)}</summary>`,
    '  </entry>',
  ].join('\n')
}
