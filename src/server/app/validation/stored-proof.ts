import type { Outcome } from '../../../core/validation/outcome.ts'
import type { Oracle, Proof } from '../../../core/validation/proof.ts'
import type { Envelope } from '../../../core/validation/statement.ts'

// What is sealed of targets, evidence and validations, as JSON, each under its own key.

/** Sealed as `target/<id>/about`. */
export interface TargetAbout {
  readonly name: string
  readonly revision: string | null
  /** `sha256:` and hex of the source as it was sent; null for a mirror. */
  readonly digest: string | null
  readonly purl: string | null
  readonly introducedAfter: string | null
}

/** Sealed as `evidence/<id>/about`, under the key of its finding. */
export interface EvidenceAbout {
  readonly name: string
  readonly digest: string
  /** Null: the target's only harness. */
  readonly harness: string | null
  readonly fires: Oracle | null
  /** The parts of an exchange, one after the other in the blob; null: the whole is one input. */
  readonly requests: readonly { readonly digest: string; readonly bytes: number }[] | null
}

/** Where the bytes of an input lie. */
export type Place =
  | { readonly in: 'blob'; readonly slot: number; readonly blob: string; readonly from: number; readonly bytes: number }
  | { readonly in: 'body'; readonly finding: string; readonly n: number }

/** Which piece of evidence stands behind an id of a proof. */
export interface PieceName {
  readonly id: string
  readonly finding: string
  readonly kind: 'reproducer' | 'patch' | 'benign'
  readonly name: string
}

/** Sealed as `validation/<id>/proof`: fixed when it is asked for, so that every runner that tries it runs the same. */
export interface StoredProof {
  readonly proof: Proof
  readonly places: Readonly<Record<string, Place>>
  readonly pieces: readonly PieceName[]
}

export interface Product {
  readonly name: string
  readonly digest: string
  readonly blob: string
  readonly bytes: number
}

/** Sealed as `validation/<id>/result`. */
export interface StoredResult {
  readonly say: string
  readonly mend: string | null
  readonly outcome: Outcome | null
  readonly envelope: Envelope | null
  /** SHA-256 of the payload, hex: what the ledger commits to. */
  readonly statement: string | null
  /** Id of the key that signed it. */
  readonly key: string | null
  readonly products: readonly Product[]
}

/** Sealed as `validation/<id>/progress`: how far it is, and after its end what it came to, for lists. */
export interface StoredProgress {
  readonly done: number
  readonly total: number
  readonly say: string
}
