import type { AssetTags } from '../component.ts'
import type { Directive } from '../directives/directive.ts'

const ASKED_TAGS = ['environment', 'unit', 'type'] as const
export type AskedTag = (typeof ASKED_TAGS)[number]

/** The tags beside the exposure that the rules of an organisation's own policy ask for; no other directive asks for any. */
export function tagsAsked({ rule }: Directive): readonly AskedTag[] {
  return rule.kind === 'policy' ? ASKED_TAGS.filter((tag) => rule.policy.rules.some(({ when }) => when[tag] !== null)) : []
}

/**
 * The name of the class an asset falls into under a directive: exposure alone for all but an organisation's own policy, and of that
 * only the tags its rules ask for, and the impact for SSVC's deployer table. Assets of one class owe the same by the same date. Where somebody said until when an asset is
 * supported it is a class of its own, for what can be done about it differs.
 */
export function classKey(directive: Directive, tags: AssetTags): string {
  const parts = [tags.exposure ?? 'unknown']
  const isPolicy = directive.rule.kind === 'policy'
  for (const tag of tagsAsked(directive)) parts.push(`${tag}=${tags[tag] ?? ''}`)
  if (directive.rule.kind === 'deployer' && tags.impact !== null) parts.push(`impact=${tags.impact}`)
  if (tags.support !== null) parts.push(`support=${tags.support}`, `edge=${tags.edge ?? ''}`)
  return isPolicy || parts.length > 1 ? JSON.stringify(parts) : parts[0]!
}
