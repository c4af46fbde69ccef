import type { Finding } from '../core/findings/finding.ts'
import type { ItemRefusal, NeedsCode } from '../core/findings/refusal.ts'

export type FormatName = 'weir' | 'weir-ndjson' | 'sarif' | 'osv' | 'ghsa' | 'cve' | 'crash-log'

/** One item of a report: a finding, or why it is none. `at` is its JSON pointer or `line N`; `raw` its bytes as they came. */
export type ParsedItem =
  | {
      readonly ok: true
      readonly at: string
      readonly finding: Finding
      readonly raw: Uint8Array
      readonly key: string | null
      readonly needs: readonly NeedsCode[]
    }
  | { readonly ok: false; readonly at: string; readonly refusal: ItemRefusal; readonly raw: Uint8Array }

/** Reads a report pushed to it piece by piece: no promise, no clock, memory bounded by `Limits`. Never throws on input. */
export interface ReportReader {
  push(chunk: Uint8Array): ParsedItem[]
  end(): ParsedItem[]
}

/** A first pass over the same bytes, for formats whose items lean on what may come after them (SARIF's rules). */
export interface Survey {
  push(chunk: Uint8Array): void
  end(): unknown
}

export interface Format {
  readonly name: FormatName
  /** Present where two passes are needed; its result goes into `reader`. */
  readonly survey?: (limits: Limits) => Survey
  readonly reader: (limits: Limits, surveyed?: unknown) => ReportReader
}

export interface Limits {
  /** Bytes of one item. */
  readonly itemBytes: number
  /** Nesting of arrays and objects in one item. */
  readonly depth: number
  /** Values (keys, elements) in one item. */
  readonly values: number
  /** Bytes kept of everything around the items (SARIF's tool and rules). */
  readonly frameBytes: number
}

export const LIMITS: Limits = { itemBytes: 4 << 20, depth: 64, values: 200_000, frameBytes: 32 << 20 }
