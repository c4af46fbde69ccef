import type { AdvisoryContent, TlpLabel } from '../../core/advisories/content.ts'
import type { Edition } from '../../core/advisories/edition.ts'
import { formatInstant } from '../../core/kernel/instant.ts'
import { productTree, statedProducts } from './csaf-products.ts'
import { csafVulnerability } from './csaf-vulnerability.ts'
import { plainLine, plainText } from './plain-text.ts'
import { csafPath, publicAddress } from './public-place.ts'
import { filled, type Json, sortedJson } from './sorted-json.ts'

// CSAF 2.0 has the labels of TLP 1.0: CLEAR was called WHITE, and AMBER+STRICT was not known.
const LABELS: Readonly<Record<TlpLabel, string>> = {
  CLEAR: 'WHITE',
  GREEN: 'GREEN',
  AMBER: 'AMBER',
  'AMBER+STRICT': 'AMBER',
  RED: 'RED',
}

/** An edition as a CSAF 2.0 security advisory (profile 4.4), the same bytes for the same edition. The content must be readable. */
export function renderCsaf(edition: Edition): string {
  const { content } = edition
  const stated = content.flaws.map(statedProducts)
  return sortedJson({
    document: documentOf(edition),
    product_tree: productTree(stated.flat().map(({ leaf }) => leaf)),
    vulnerabilities: content.flaws.map((flaw, n) => csafVulnerability(content, flaw, stated[n] ?? [])),
  })
}

function documentOf(edition: Edition): Json {
  const { content } = edition
  const { publisher } = content
  return {
    category: 'csaf_security_advisory',
    csaf_version: '2.0',
    distribution: distributionOf(content),
    lang: content.language,
    notes: notesOf(edition),
    publisher: {
      category: publisher.kind,
      contact_details: publisher.contact === null ? undefined : plainLine(publisher.contact),
      name: plainLine(publisher.name),
      namespace: publisher.namespace,
    },
    references: [
      { category: 'self', summary: 'This advisory as CSAF.', url: publicAddress(edition, csafPath(edition)) },
      ...content.references.map(({ kind, url, title }) => ({
        category: 'external',
        summary: plainLine(title ?? kind),
        url,
      })),
    ],
    title: plainLine(content.title),
    tracking: trackingOf(edition),
  }
}

function distributionOf({ distribution: { tlp, text } }: AdvisoryContent): Json {
  const strict = tlp === 'AMBER+STRICT' ? 'TLP:AMBER+STRICT' : null
  const words = [strict, text === null ? null : plainLine(text)].filter((one) => one !== null).join(' ')
  return { text: words === '' ? undefined : words, tlp: { label: LABELS[tlp], url: 'https://www.first.org/tlp/' } }
}

function notesOf({ content, withdrawn }: Edition): Json {
  const summary = { category: 'summary', text: plainText(content.summary), title: 'Summary' }
  if (withdrawn === null) return [summary]
  return [{ category: 'general', text: plainText(withdrawn.reason), title: 'Withdrawn' }, summary]
}

// CSAF 2.0 has no state for what is withdrawn: it is one more revision that says so, and a note.
function trackingOf({ id, content, history, released, updated, withdrawn }: Edition): Json {
  const revisions = history.map(({ number, at, what }) => ({
    date: formatInstant(at),
    number: String(number),
    summary: plainLine(what),
  }))
  if (withdrawn !== null) {
    const number = String(history.length + 1)
    revisions.push({ date: formatInstant(withdrawn.at), number, summary: plainLine(`Withdrawn: ${withdrawn.reason}`) })
  }
  const aliases = [...new Set(content.flaws.flatMap((flaw) => flaw.aliases))]
  return {
    aliases: filled(aliases),
    current_release_date: formatInstant(updated),
    generator: { engine: { name: 'Weir' } },
    id,
    initial_release_date: formatInstant(released),
    revision_history: revisions,
    status: 'final',
    version: revisions.at(-1)?.number ?? '1',
  }
}
