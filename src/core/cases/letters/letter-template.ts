import type { FactName } from './letter-facts.ts'
import type { LetterKind, LinkAction } from './letter-kind.ts'

/** One piece of a letter. A piece whose facts are not there is left out, unless the template needs them. */
export type LetterPart =
  /** A paragraph of ours; `{name}` stands for a fact, put in once and never read again. */
  | { readonly say: string; readonly when?: FactName }
  /** Somebody's prose of many lines under a heading of ours. */
  | { readonly tell: FactName; readonly heading: string }
  /** An address on the clearinghouse's own site, on a line of its own. */
  | { readonly place: 'room' | 'publicAt'; readonly heading: string }
  /** Code between marks, kept to the letter. */
  | { readonly code: 'reproducer' | 'patch'; readonly heading: string }

/** A letter as data. A change of its words is a new version. */
export interface LetterTemplate {
  readonly kind: LetterKind
  readonly version: string
  readonly needs: readonly FactName[]
  readonly parts: readonly LetterPart[]
  /** Links that end the letter, in this order, each where its fact is there. */
  readonly links: readonly LinkAction[]
}
