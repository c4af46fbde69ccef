import type { Instant } from '../../kernel/instant.ts'
import type { Input } from './embargo-facts.ts'
import type { EmbargoRule, When } from './embargo-rule.ts'

/** What a line tells of its rule. */
export type WhyEffect =
  /** Gives this end. */
  | 'would-end'
  /** Its beginning has not come. */
  | 'not-begun'
  /** Its condition is not met. */
  | 'not-met'
  | 'preferred'
  | 'details'
  | 'existence'
  | 'public-now'
  | 'open-ended'
  | 'notice'
  /** The party agreed to another end. */
  | 'set-aside'
  /** This policy's end is the end. */
  | 'decides'
  /** This policy's end is later and stands as a proposal. */
  | 'proposal'
  /** No policy gives an end. */
  | 'no-end'

/** The parties' own agreement, where a published policy would have a rule. */
export interface AgreedRule {
  readonly kind: 'agreed'
  readonly id: string
}

/** One reason for the end of an embargo; holds the rule itself, so that an old line stays readable whatever becomes of the policy. */
export interface WhyLine {
  readonly policy: string
  readonly version: string
  readonly name: string
  readonly party: string
  /** Null: the line is about the policy as a whole. */
  readonly rule: EmbargoRule | AgreedRule | null
  readonly effect: WhyEffect
  readonly inputs: readonly Input[]
  readonly at: When<Instant>
  /** Name of the policy that decides, where another one does. */
  readonly against: string | null
}

/** The inputs of lines that nobody has judged, each once. */
export function assumedIn(lines: readonly WhyLine[]): readonly string[] {
  return [...new Set(lines.flatMap(({ inputs }) => inputs.flatMap((one) => (one.assumed ? [one.name] : []))))]
}
