import type { Instant } from '../../kernel/instant.ts'
import type { Stated } from './stated.ts'

export type InputName =
  | 'publicly-exposed'
  | 'in-kev'
  | 'automatable'
  | 'technical-impact'
  | 'exploitation'
  | 'human-impact'
  | 'epss'
  | 'severity'
  | 'tag'

/** One input of a rule as it was taken: the value, who judged it, where it stands, when, and why it was assumed if it was. */
export interface RuleInput {
  readonly input: InputName
  /** The value by the rule's own key, for example `Y`; of a policy's condition, what was asked and whether it holds. */
  readonly value: string
  readonly by: string
  readonly source: string
  readonly at: Instant | null
  /** A sentence; null: somebody said so. */
  readonly assumed: string | null
}

/** An input that somebody stated. */
export function stated(input: InputName, value: string, said: Omit<Stated<unknown>, 'value'>): RuleInput {
  return { input, value, by: said.by, source: said.source, at: said.at, assumed: null }
}

/** An input that nobody stated. */
export function assumed(input: InputName, value: string, because: string): RuleInput {
  return { input, value, by: 'weir', source: 'assumed', at: null, assumed: because }
}

/** The inputs in one line, by which two takings of a rule are compared: `in-kev=Y automatable=N*`, a star for what was assumed. */
export function inputsKey(inputs: readonly RuleInput[]): string {
  let key = ''
  for (const { input, value, assumed: why } of inputs)
    key += `${key === '' ? '' : ' '}${input}=${value}${why === null ? '' : '*'}`
  return key
}
