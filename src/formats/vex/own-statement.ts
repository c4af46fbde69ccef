import type { Component } from '../../core/exposure/component.ts'
import type { Justification } from '../../core/exposure/vex/justification.ts'
import type { Instant } from '../../core/kernel/instant.ts'

/** That an organisation states a component not to be affected by a flaw, wherever it has it. */
export interface OwnStatement {
  /** Its CVE id where there is one, and all other names. */
  readonly flaw: string
  readonly ids: readonly string[]
  readonly summary: string
  readonly component: Component
  readonly justification: Justification
  readonly detail: string
  readonly at: Instant
}

/** The document that statements stand in. */
export interface OwnDocument {
  readonly author: string
  /** The same for every edition. */
  readonly uuid: string
  /** Grows with every edition. */
  readonly edition: number
  readonly at: Instant
  /** What is stated of some assets only: a statement about a version cannot say that. */
  readonly leftOut: number
}
