import type { Instant } from '../../kernel/instant.ts'
import type { LinkAction } from './letter-kind.ts'

/** An instant as a letter says it: in the reader's zone and in UTC. */
export interface ZonedInstant {
  readonly at: Instant
  /** IANA zone of the reader or of the rule, for example `Europe/Berlin`. */
  readonly zone: string
}

/** What a letter may say. Everything that is text may come from anyone and is hostile until it was rendered. */
export interface LetterFacts {
  /** The clearinghouse's own name, from its settings. */
  readonly clearinghouse: string
  /** `ABCD-EFGH`: opaque, one for each letter. */
  readonly reference: string
  /** The clearinghouse's own address, for example `https://weir.example`; every link begins with it. */
  readonly site: string
  readonly links: Readonly<Partial<Record<LinkAction, string>>>
  /** Where the case can be read by who may, on the same site. */
  readonly room?: string
  readonly software?: string
  readonly affected?: string
  /** What an attacker gains, in one or two sentences. */
  readonly impact?: string
  readonly description?: string
  readonly reproducer?: string
  readonly patch?: string
  readonly question?: string
  readonly advisory?: string
  /** How a language model took part, as the maintainers' terms ask to be told. */
  readonly disclosure?: string
  readonly answerBy?: ZonedInstant
  readonly embargoEnd?: ZonedInstant
  readonly embargoBefore?: ZonedInstant
  /** Why the embargo ends then, or ended. */
  readonly embargoWhy?: string
  readonly firstSent?: ZonedInstant
  readonly nextStep?: string
  readonly nextStepAt?: ZonedInstant
  readonly position?: number
  readonly expected?: ZonedInstant
  readonly publicAt?: string
  /** Most characters the reader's terms allow for one letter. */
  readonly most?: number
}

/** Facts that are text, an instant or a number, by name: what a template can ask for. */
export type FactName = Exclude<keyof LetterFacts, 'links' | 'most'>
