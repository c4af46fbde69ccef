import type { AssetTags } from '../component.ts'
import type { Directive } from '../directives/directive.ts'

/**
 * The name of the class an asset falls into under a directive: exposure alone for all but an organisation's own policy, and of that
 * only the tags its rules ask for, and the impact for SSVC's deployer table. Assets of one class owe the same by the same date. Where somebody said until when an asset is
 * supported it is a class of its own, for what can be done about it differs.
 */
export function classKey(directive: Directive, tags: AssetTags): string {
  const parts = [tags.exposure ?? 'unknown']
  const isPolicy = directive.rule.kind === 'policy'
  if (directive.rule.kind === 'policy') {
    const { rules } = directive.rule.policy
    if (rules.some(({ when }) => when.environment !== null)) parts.push(`environment=${tags.environment ?? ''}`)
    if (rules.some(({ when }) => when.unit !== null)) parts.push(`unit=${tags.unit ?? ''}`)
    if (rules.some(({ when }) => when.type !== null)) parts.push(`type=${tags.type ?? ''}`)
  }
  if (directive.rule.kind === 'deployer' && tags.impact !== null) parts.push(`impact=${tags.impact}`)
  if (tags.support !== null) parts.push(`support=${tags.support}`, `edge=${tags.edge ?? ''}`)
  return isPolicy || parts.length > 1 ? JSON.stringify(parts) : parts[0]!
}
