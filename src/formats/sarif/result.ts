import { BLANK, UNSTATED } from '../blank-finding.ts'
import { isObject, type JsonObject, objectIn, objectsIn, otherFields, own, textIn, textsIn } from '../json/loose.ts'
import { type Mapped, refuseItem } from '../json/reading.ts'
import { needsOf } from '../needs.ts'
import { titleOf } from '../title.ts'
import type { RunFrame } from './frame.ts'
import { messageOf, type Said } from './message.ts'
import { distinctPlaces, placeOf } from './place.ts'
import { ruleOf } from './rule.ts'
import { severitiesOf } from './severity.ts'
import { targetOf } from './target.ts'
import { flowOf, printedStack, stackOf } from './trace.ts'
import { weaknessesOf } from './weakness.ts'

const MAPPED = new Set([
  'ruleId',
  'ruleIndex',
  'rule',
  'message',
  'locations',
  'relatedLocations',
  'codeFlows',
  'stacks',
  'fingerprints',
  'partialFingerprints',
  'taxa',
  'level',
  'hostedViewerUri',
  'workItemUris',
])
const PUBLIC_NAME =
  /\b(?:CVE-\d{4}-\d{4,9}|GHSA(?:-[0-9a-z]{4}){3}|GO-\d{4}-\d{4,9}|RUSTSEC-\d{4}-\d{4,9}|PYSEC-\d{4}-\d{1,9})\b/gi
const MOST_PLACES = 200

/** One finding of one SARIF result (SARIF 2.1.0, 3.27). Suppressed results are taken in, with the suppression in `extra`. */
export function mapResult(value: unknown, at: string, frame: RunFrame): Mapped {
  if (!isObject(value)) return refuseItem('item.wrong-type', at, 'Each result is a JSON object.')
  const kind = textIn(value, 'kind') ?? 'fail'
  if (kind === 'pass' || kind === 'notApplicable' || kind === 'informational') {
    return refuseItem(
      'item.nothing-claimed',
      `${at}/kind`,
      `A result of kind ${kind} claims no flaw; send fail, open and review.`,
    )
  }
  if (textIn(value, 'baselineState') === 'absent') {
    return refuseItem('item.nothing-claimed', `${at}/baselineState`, 'The result is no longer found; send those that are.')
  }
  const resolved = ruleOf(value, frame)
  const said = messageOf(objectIn(value, 'message'), resolved)
  const described =
    textIn(objectIn(resolved.rule, 'shortDescription'), 'text') ?? textIn(objectIn(resolved.rule, 'fullDescription'), 'text')
  const places = [...objectsIn(value, 'locations'), ...objectsIn(value, 'relatedLocations')].slice(0, 2 * MOST_PLACES)
  const own = objectsIn(value, 'locations').length
  const placed = places.map((location) => placeOf(location, frame))
  const text = textOf(said, described)
  const stated = stackOf(value, frame)
  const finding = {
    ...BLANK,
    title: titleOf(null, said.text || described || resolved.id || ''),
    text,
    target: targetOf(value, resolved, frame),
    locations: distinctPlaces([...placed.slice(0, own), ...flowOf(value, frame), ...placed.slice(own)], MOST_PLACES),
    weaknesses: weaknessesOf(value, resolved, frame),
    stack: stated.length > 0 ? stated : printedStack(text),
    severities: severitiesOf(value, resolved, frame),
    aliases: aliasesOf(resolved.id, textIn(resolved.rule, 'name')),
    references: referencesOf(value, resolved.rule),
    provenance: { ...UNSTATED, tool: frame.driver.name, toolVersion: frame.driver.version },
    rule: resolved.id,
    toolFingerprints: fingerprintsOf(value),
    extra: otherFields(value, MAPPED),
  }
  if (finding.text === '' && finding.rule === null && finding.locations.length === 0 && finding.stack.length === 0) {
    return refuseItem('item.nothing-claimed', at, 'Give the result a message, a rule or a place.')
  }
  return { ok: true, finding, key: null, needs: needsOf(finding) }
}

/** Some tools keep the trace or the request in the markdown only. */
function textOf(said: Said, described: string | null): string {
  const text = said.text || described || ''
  return said.markdown === null || said.markdown === said.text ? text : `${text}\n\n${said.markdown}`.trimStart()
}

function aliasesOf(...names: (string | null)[]): string[] {
  return [...new Set(names.flatMap((name) => (name ?? '').slice(0, 1024).match(PUBLIC_NAME) ?? []))]
}

function referencesOf(result: JsonObject, rule: JsonObject): string[] {
  const stated = [textIn(result, 'hostedViewerUri'), ...textsIn(result, 'workItemUris'), textIn(rule, 'helpUri')]
  return [...new Set(stated.filter((uri) => uri !== null))]
}

function fingerprintsOf(result: JsonObject): Readonly<Record<string, string>> {
  const stated = ['partialFingerprints', 'fingerprints'].flatMap((name) => Object.entries(objectIn(result, name)))
  const texts = stated.map(([name, value]) => [name, isObject(value) ? ownText(value) : value])
  return Object.fromEntries(texts.filter((pair): pair is [string, string] => typeof pair[1] === 'string').slice(0, 64))
}

/** Some tools wrap each value in an object. */
function ownText(value: JsonObject): unknown {
  return own(value, 'value')
}
