import type { Location, SeverityClaim, Target } from '../../core/findings/finding.ts'
import { BLANK, NOWHERE } from '../blank-finding.ts'
import { purlOfPackage, statedPurl } from '../ecosystem.ts'
import { isObject, type JsonObject, listIn, objectIn, objectsIn, otherFields, own, textIn, textsIn } from '../json/loose.ts'
import { type Mapped, refuseItem } from '../json/reading.ts'
import { needsOf } from '../needs.ts'
import { distinctClaims, severityOf } from '../severity.ts'
import { titleOf } from '../title.ts'
import { weaknessOf } from '../weakness.ts'
import { rangeText } from './range.ts'

const MAPPED = new Set(['id', 'summary', 'details', 'aliases', 'severity', 'references', 'affected'])
const CWE_FIELDS = ['cwe_ids', 'cwes', 'cwe', 'CWE']

/** One finding of one OSV record (OSV schema 1.x); several affected packages are one finding in the first, the rest in `extra.affected`. */
export function mapOsv(value: unknown, at: string): Mapped {
  if (!isObject(value)) return refuseItem('item.wrong-type', at, 'Send an OSV record as a JSON object.')
  const id = textIn(value, 'id')
  if (id === null) return refuseItem('item.missing-field', `${at}/id`, 'Give the record its id.')
  if (textIn(value, 'withdrawn') !== null) {
    return refuseItem(
      'item.nothing-claimed',
      `${at}/withdrawn`,
      'The record is withdrawn; send it once it claims a flaw again.',
    )
  }
  const affected = objectsIn(value, 'affected')
  const text = textIn(value, 'details') ?? textIn(value, 'summary') ?? ''
  const finding = {
    ...BLANK,
    title: titleOf(textIn(value, 'summary'), text),
    text,
    target: targetOf(affected[0]),
    locations: locationsOf(affected[0]),
    weaknesses: weaknessesOf([value, ...affected]),
    severities: severitiesOf(value, affected),
    aliases: [...new Set([id, ...textsIn(value, 'aliases')])],
    references: [...new Set(objectsIn(value, 'references').flatMap((reference) => textIn(reference, 'url') ?? []))],
    extra: affected.length > 0 ? { ...otherFields(value, MAPPED), affected } : otherFields(value, MAPPED),
  }
  return { ok: true, finding, key: null, needs: needsOf(finding) }
}

function targetOf(affected: JsonObject | undefined): Target | null {
  if (!affected) return null
  const named = objectIn(affected, 'package')
  const stated = statedPurl(textIn(named, 'purl') ?? '')
  const purl = stated?.purl ?? purlOfPackage(textIn(named, 'ecosystem') ?? '', textIn(named, 'name') ?? '')
  const repository =
    objectsIn(affected, 'ranges')
      .map((range) => textIn(range, 'repo'))
      .find((repo) => repo !== null) ?? null
  if (purl === null && repository === null) return null
  return { purl, repository, version: stated?.version ?? rangeText(affected) }
}

/** Symbols as the Go and Rust databases state them. */
function locationsOf(affected: JsonObject | undefined): Location[] {
  if (!affected) return []
  const specific = objectIn(affected, 'ecosystem_specific')
  const go = objectsIn(specific, 'imports').flatMap((entry): Location[] => {
    const path = textIn(entry, 'path')
    const symbols = textsIn(entry, 'symbols')
    return symbols.length > 0 ? symbols.map((symbol) => ({ ...NOWHERE, path, symbol })) : path ? [{ ...NOWHERE, path }] : []
  })
  const rust = textsIn(objectIn(specific, 'affects'), 'functions').map((symbol) => ({ ...NOWHERE, symbol }))
  return [...go, ...rust].slice(0, 200)
}

function severitiesOf(record: JsonObject, affected: readonly JsonObject[]): SeverityClaim[] {
  const scored = [record, ...affected].flatMap((holder) => objectsIn(holder, 'severity'))
  const words = [record, ...affected].map((holder) => textIn(objectIn(holder, 'database_specific'), 'severity'))
  return distinctClaims([
    ...scored.map((entry) => severityOf(textIn(entry, 'score') ?? '', null)),
    ...words.map((word) => severityOf(word ?? '', null)),
  ])
}

function weaknessesOf(holders: readonly JsonObject[]): string[] {
  const stated = holders.flatMap((holder) => {
    const specific = objectIn(holder, 'database_specific')
    return CWE_FIELDS.flatMap((name) => [own(specific, name), ...listIn(specific, name)])
  })
  const ids = stated.map((entry) => weaknessOf(isObject(entry) ? (textIn(entry, 'cweId') ?? textIn(entry, 'cwe_id')) : entry))
  return [...new Set(ids.filter((id) => id !== null))]
}
