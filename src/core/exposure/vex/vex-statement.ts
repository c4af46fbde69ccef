import type { Instant } from '../../kernel/instant.ts'

export type VexStatus = 'not-affected' | 'affected' | 'fixed' | 'under-investigation'

/** What somebody states of one flaw in some products, whichever format it came in. */
export interface VexStatement {
  readonly source: 'openvex' | 'cyclonedx' | 'csaf' | 'inventory'
  /** Id of the document it stands in, for reasons. */
  readonly document: string
  readonly author: string
  readonly at: Instant | null
  /** All names of the flaw. */
  readonly ids: readonly string[]
  readonly status: VexStatus
  /** As the format words it. */
  readonly justification: string | null
  readonly detail: string | null
  /** Empty: the inventory's own subject. */
  readonly products: readonly VexProduct[]
}

/** One product of a statement: `purl:…`, `cpe:…`, `model:…` and other marks, or `ref:…` for a bom-ref that only the inventory resolves. */
export interface VexProduct {
  readonly identity: string
  /** A VERS text or a vendor's words for the versions meant; null: those that the identity itself names. */
  readonly versions: string | null
  /** Parts of the product that the statement is about (`purl:…` or `ref:…`); empty: the product. */
  readonly parts: readonly string[]
}
