import type { AssetTags } from '../component.ts'
import type { Directive } from '../directives/directive.ts'

/**
 * The name of the class an asset falls into under a directive: exposure alone for all but an organisation's own policy, and of that
 * only the tags its rules ask for. Assets of one class owe the same by the same date.
 */
export function classKey(directive: Directive, tags: AssetTags): string {
  const parts = [tags.exposure ?? 'unknown']
  if (directive.rule.kind !== 'policy') return parts[0]!
  const { rules } = directive.rule.policy
  if (rules.some(({ when }) => when.environment !== null)) parts.push(`environment=${tags.environment ?? ''}`)
  if (rules.some(({ when }) => when.unit !== null)) parts.push(`unit=${tags.unit ?? ''}`)
  if (rules.some(({ when }) => when.type !== null)) parts.push(`type=${tags.type ?? ''}`)
  return JSON.stringify(parts)
}
