import { type JsonObject, objectIn, objectsIn, textIn } from '../json/loose.ts'

/** A tool component (SARIF 2.1.0, 3.19): driver, extension or taxonomy. */
export interface Component {
  readonly name: string | null
  readonly version: string | null
  readonly guid: string | null
  /** In order, for lookups by index; a taxonomy's taxa stand here too. */
  readonly rules: readonly JsonObject[]
  readonly byId: ReadonlyMap<string, JsonObject>
  readonly byGuid: ReadonlyMap<string, JsonObject>
  readonly messages: JsonObject
}

export function componentOf(component: JsonObject): Component {
  const rules = [...objectsIn(component, 'rules'), ...objectsIn(component, 'taxa')]
  const byId = new Map<string, JsonObject>()
  const byGuid = new Map<string, JsonObject>()
  for (const rule of rules) {
    const id = textIn(rule, 'id')
    const guid = textIn(rule, 'guid')
    // The first of a name stands, as an index lookup would find it.
    if (id !== null && !byId.has(id)) byId.set(id, rule)
    if (guid !== null && !byGuid.has(guid)) byGuid.set(guid, rule)
  }
  return {
    name: textIn(component, 'name') ?? textIn(component, 'fullName'),
    version: textIn(component, 'semanticVersion') ?? textIn(component, 'version'),
    guid: textIn(component, 'guid'),
    rules,
    byId,
    byGuid,
    messages: objectIn(component, 'globalMessageStrings'),
  }
}

/** The component a reference means (3.54): by index among `candidates`, by guid, by name; null where none fits. */
export function componentFor(reference: JsonObject, candidates: readonly Component[]): Component | null {
  const index = reference['index']
  if (typeof index === 'number' && index >= 0) return candidates[index] ?? null
  const guid = textIn(reference, 'guid')
  if (guid !== null) return candidates.find((candidate) => candidate.guid === guid) ?? null
  const name = textIn(reference, 'name')
  return name === null ? null : (candidates.find((candidate) => candidate.name === name) ?? null)
}
