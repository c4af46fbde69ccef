import type { Instant } from '../../kernel/instant.ts'

/** A version of a component on assets of one class, with every open obligation it brings. */
export interface Placement {
  /** Ecosystem and name by one key; what the version order goes by. */
  readonly key: string
  readonly ecosystem: string
  /** For people. */
  readonly name: string
  readonly version: string
  readonly assetClass: string
  readonly assets: readonly string[]
  /** Whether the assets' vendor still mends them; null: not known. */
  readonly supported: boolean | null
  /** Whether the assets are devices at the edge of a network. */
  readonly edge: boolean
  readonly owed: readonly Owed[]
}

/** One flaw of it that must be dealt with. */
export interface Owed {
  readonly flaw: string
  /** Nearest version that ends it, as the match says; null: none is known. */
  readonly fixed: string | null
  readonly due: Instant | null
  readonly tier: string
  readonly rank: number
  /** When the next step of triage is due, where triage is owed and not done. */
  readonly triageDue: Instant | null
}

export type ActionKind = 'triage' | 'upgrade' | 'mitigate' | 'retire' | 'replace'

/** One thing to do on some assets; it may settle several flaws. */
export interface Action {
  readonly do: ActionKind
  readonly key: string
  readonly name: string
  /** Versions it starts from, oldest first where their order is known. */
  readonly from: readonly string[]
  /** The version to upgrade to. */
  readonly to: string | null
  readonly flaws: readonly string[]
  readonly assets: readonly string[]
  /** The earliest of all it settles, and the tier that gave it. */
  readonly due: Instant | null
  readonly tier: string
  readonly rank: number
  /** The same by class of assets, as each has its own date. */
  readonly parts: readonly ActionPart[]
}

export interface ActionPart {
  readonly version: string
  readonly assetClass: string
  readonly assets: readonly string[]
  readonly due: Instant | null
  readonly tier: string
}
