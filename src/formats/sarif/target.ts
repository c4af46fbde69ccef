import type { Target } from '../../core/findings/finding.ts'
import { statedPurl } from '../ecosystem.ts'
import { indexIn, type JsonObject, objectIn, objectsIn, textIn } from '../json/loose.ts'
import type { RunFrame } from './frame.ts'
import type { ResolvedRule } from './rule.ts'

/** What a result is about: a purl it, its place or its rule states, and the repository the run was made from; null where neither is said. */
export function targetOf(result: JsonObject, resolved: ResolvedRule, frame: RunFrame): Target | null {
  const stated =
    purlTexts(result, resolved, frame)
      .map(purlIn)
      .find((found) => found !== null) ?? null
  if (stated === null && frame.repository === null) return null
  return { purl: stated?.purl ?? null, repository: frame.repository, version: stated?.version ?? frame.revision }
}

/** Where scanners of dependencies write the purl: properties of result, rule and file, and the logical names of places. */
function purlTexts(result: JsonObject, resolved: ResolvedRule, frame: RunFrame): string[] {
  const locations = objectsIn(result, 'locations').slice(0, 20)
  const files = locations.map((location) =>
    indexIn(objectIn(objectIn(location, 'physicalLocation'), 'artifactLocation'), 'index'),
  )
  const holders = [result, resolved.rule, ...files.map((index) => (index === null ? {} : (frame.artifacts[index] ?? {})))]
  const properties = holders.flatMap((holder) => Object.values(objectIn(holder, 'properties')))
  const logical = locations
    .flatMap((location) => objectsIn(location, 'logicalLocations'))
    .map((entry) => ({ ...frame.logicalLocations[indexIn(entry, 'index') ?? -1], ...entry }))
  const names = logical.flatMap((entry) => [textIn(entry, 'fullyQualifiedName'), textIn(entry, 'name')])
  return [...properties.filter((value) => typeof value === 'string' && value.startsWith('pkg:')), ...names].filter(
    (text) => typeof text === 'string',
  )
}

function purlIn(text: string): ReturnType<typeof statedPurl> {
  const at = text.indexOf('pkg:')
  return at < 0 ? null : statedPurl(text.slice(at, at + 4096).split(/[\s,;"')\]]/, 1)[0] ?? '')
}
