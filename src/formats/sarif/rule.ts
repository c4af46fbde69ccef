import { indexIn, type JsonObject, objectIn, textIn } from '../json/loose.ts'
import { type Component, componentFor } from './component.ts'
import type { RunFrame } from './frame.ts'

export interface ResolvedRule {
  readonly id: string | null
  /** Empty where the log does not describe the rule. */
  readonly rule: JsonObject
  readonly component: Component
}

/** The rule of a result (SARIF 2.1.0, 3.27.5 to 3.27.7 and 3.52): by reference into driver or extension, by index, by id. */
export function ruleOf(result: JsonObject, frame: RunFrame): ResolvedRule {
  const reference = objectIn(result, 'rule')
  const named = objectIn(reference, 'toolComponent')
  const driverMeant = Object.keys(named).length === 0
  const component = driverMeant ? frame.driver : (componentFor(named, frame.extensions) ?? frame.driver)
  const id = textIn(result, 'ruleId') ?? textIn(reference, 'id')
  const index = indexIn(result, 'ruleIndex') ?? indexIn(reference, 'index')
  const indexed = index === null ? undefined : component.rules[index]
  const rule =
    (fitting(indexed, id) ? indexed : undefined) ??
    component.byGuid.get(textIn(reference, 'guid') ?? '') ??
    byId(id, component, frame)
  return { id: id ?? (rule ? textIn(rule, 'id') : null), rule: rule ?? {}, component }
}

/** An index that points at a rule of another name is a tool's mistake: the name is believed. */
function fitting(rule: JsonObject | undefined, id: string | null): boolean {
  const ruleId = rule ? textIn(rule, 'id') : null
  return rule !== undefined && (id === null || ruleId === null || id === ruleId || id.startsWith(`${ruleId}/`))
}

/** `CA1000/1` is a part of rule `CA1000` (3.27.5); some tools leave out which extension a rule is from. */
function byId(id: string | null, component: Component, frame: RunFrame): JsonObject | undefined {
  if (id === null) return undefined
  for (const candidate of [component, frame.driver, ...frame.extensions]) {
    const found = candidate.byId.get(id)
    if (found) return found
  }
  const slash = id.lastIndexOf('/')
  return slash > 0 ? component.byId.get(id.slice(0, slash)) : undefined
}
