import type { Location, SeverityClaim } from '../../core/findings/finding.ts'
import { BLANK, NOWHERE } from '../blank-finding.ts'
import { isObject, type JsonObject, objectIn, objectsIn, otherFields, textIn, textsIn } from '../json/loose.ts'
import { type Mapped, refuseItem } from '../json/reading.ts'
import { needsOf } from '../needs.ts'
import { distinctClaims, severityOf } from '../severity.ts'
import { titleOf } from '../title.ts'
import { weaknessesIn, weaknessOf } from '../weakness.ts'
import { affectedTarget } from './target.ts'

const MAPPED = new Set(['containers'])
const METRICS = ['cvssV4_0', 'cvssV3_1', 'cvssV3_0', 'cvssV2_0']

/** One finding of one CVE record (CVE JSON 5.x): the CNA's container first, then what others (ADP) added. */
export function mapCve(value: unknown, at: string): Mapped {
  if (!isObject(value)) return refuseItem('item.wrong-type', at, 'Send a CVE record as a JSON object.')
  const version = textIn(value, 'dataVersion')
  if (version !== null && !version.startsWith('5.')) {
    return refuseItem('report.wrong-version', `${at}/dataVersion`, 'Send CVE JSON 5.x.')
  }
  const metadata = objectIn(value, 'cveMetadata')
  const id = textIn(metadata, 'cveId')
  if (id === null) return refuseItem('item.missing-field', `${at}/cveMetadata/cveId`, 'Give the record its CVE id.')
  if (textIn(metadata, 'state') === 'REJECTED') {
    return refuseItem(
      'item.nothing-claimed',
      `${at}/cveMetadata/state`,
      'The record is rejected; send records that are published.',
    )
  }
  const containers = objectIn(value, 'containers')
  const cna = objectIn(containers, 'cna')
  const all = [cna, ...objectsIn(containers, 'adp')]
  const affected = all.flatMap((container) => objectsIn(container, 'affected'))
  const text = all.map(descriptionOf).find((stated) => stated !== null) ?? ''
  const urls = all.flatMap((container) => objectsIn(container, 'references').flatMap((entry) => textIn(entry, 'url') ?? []))
  const other = otherFields(value, MAPPED)
  const finding = {
    ...BLANK,
    title: titleOf(textIn(cna, 'title'), text),
    text,
    target: affected.map(affectedTarget).find((target) => target !== null) ?? null,
    locations: affected.slice(0, 20).flatMap(locationsOf).slice(0, 200),
    weaknesses: [...new Set(all.flatMap(weaknessesOf))],
    severities: distinctClaims(all.flatMap(severitiesOf)),
    aliases: [...new Set([id, ...urls.flatMap((url) => /\/(GHSA(?:-[0-9a-z]{4}){3})$/i.exec(url)?.[1] ?? [])])],
    references: [...new Set(urls)],
    extra: affected.length > 0 ? { ...other, affected } : other,
  }
  return { ok: true, finding, key: null, needs: needsOf(finding) }
}

/** English where there is any, else the first language. */
function descriptionOf(container: JsonObject): string | null {
  const stated = objectsIn(container, 'descriptions')
  const english = stated.find((entry) => /^en\b/i.test(textIn(entry, 'lang') ?? ''))
  return textIn(english ?? stated[0] ?? {}, 'value')
}

function weaknessesOf(container: JsonObject): string[] {
  const stated = objectsIn(container, 'problemTypes').flatMap((type) => objectsIn(type, 'descriptions'))
  return stated.flatMap((entry) => weaknessOf(textIn(entry, 'cweId')) ?? weaknessesIn(textIn(entry, 'description') ?? ''))
}

function severitiesOf(container: JsonObject): (SeverityClaim | null)[] {
  const by = textIn(objectIn(container, 'providerMetadata'), 'shortName')
  return objectsIn(container, 'metrics').flatMap((metric) =>
    METRICS.map((name) => severityOf(textIn(objectIn(metric, name), 'vectorString') ?? '', by)),
  )
}

function locationsOf(affected: JsonObject): Location[] {
  const routines = objectsIn(affected, 'programRoutines').flatMap((entry) => textIn(entry, 'name') ?? [])
  return [
    ...textsIn(affected, 'programFiles').map((path) => ({ ...NOWHERE, path })),
    ...routines.map((symbol) => ({ ...NOWHERE, symbol })),
  ]
}
