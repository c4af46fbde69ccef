import { indexIn, type JsonObject, listIn, objectIn, objectsIn, own, textIn, textsIn } from '../json/loose.ts'
import { weaknessesIn, weaknessOf } from '../weakness.ts'
import { type Component, componentFor } from './component.ts'
import type { RunFrame } from './frame.ts'
import type { ResolvedRule } from './rule.ts'

const FIELDS = ['cwe', 'CWE', 'cwes', 'cweIds', 'cwe_id', 'cweId', 'cwe-id', 'cwe_ids']

/** CWE ids of a result: its own taxa and properties first, then those of its rule (relationships, properties, tags, id and name). */
export function weaknessesOf(result: JsonObject, resolved: ResolvedRule, frame: RunFrame): string[] {
  const { rule } = resolved
  const related = objectsIn(rule, 'relationships').map((relation) => objectIn(relation, 'target'))
  const names = [resolved.id, textIn(rule, 'name'), textIn(objectIn(rule, 'shortDescription'), 'text')]
  return [
    ...new Set([
      ...objectsIn(result, 'taxa').flatMap((taxon) => taxonOf(taxon, frame)),
      ...stated(objectIn(result, 'properties')),
      ...related.flatMap((taxon) => taxonOf(taxon, frame)),
      ...stated(objectIn(rule, 'properties')),
      ...names.flatMap((name) => weaknessesIn(name ?? '')),
    ]),
  ]
}

function stated(properties: JsonObject): string[] {
  const named = FIELDS.flatMap((name) => [own(properties, name), ...listIn(properties, name)])
  const ids = named.flatMap((entry) => weaknessOf(entry) ?? (typeof entry === 'string' ? weaknessesIn(entry) : []))
  return [...ids, ...textsIn(properties, 'tags').flatMap(weaknessesIn)]
}

/** A taxon counts where its taxonomy is CWE, or where it says so itself. */
function taxonOf(reference: JsonObject, frame: RunFrame): string[] {
  const named = objectIn(reference, 'toolComponent')
  const taxonomy = componentFor(named, frame.taxonomies)
  const id = textIn(reference, 'id') ?? indexedId(reference, taxonomy)
  if (id === null) return []
  const isCwe = /^cwe$/i.test(taxonomy?.name ?? textIn(named, 'name') ?? '')
  const plain = isCwe ? weaknessOf(id) : null
  return plain === null ? weaknessesIn(id) : [plain]
}

function indexedId(reference: JsonObject, taxonomy: Component | null): string | null {
  const index = indexIn(reference, 'index')
  const taxon = index === null ? undefined : taxonomy?.rules[index]
  return taxon ? textIn(taxon, 'id') : null
}
