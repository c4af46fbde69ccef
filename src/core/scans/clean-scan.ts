import type { ScanTarget } from './scan-target.ts'
import { writeWeakness } from './weakness-class.ts'

// A certificate: somebody looked and found nothing. An in-toto Statement v1 with a predicate of Weir's own. The schema is closed and no
// field takes a sentence, so that nothing about a flaw can stand in it, by mistake or on purpose.

export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1'
export const CLEAN_SCAN_TYPE = 'urn:weir:clean-scan:1'
export const PAYLOAD_TYPE = 'application/vnd.in-toto+json'

export const SCAN_METHODS = [
  'fuzzing',
  'static-analysis',
  'symbolic-execution',
  'dynamic-analysis',
  'variant-analysis',
  'model-audit',
  'manual-audit',
] as const
export type ScanMethod = (typeof SCAN_METHODS)[number]

/** A program or model that took part: a short name and a version, of letters, digits and `. _ + / -` only. */
export interface ScanTool {
  readonly name: string
  readonly version: string
}

/** What was looked at, how, until when. */
export interface CleanScan {
  readonly target: ScanTarget
  /** 40 or 64 hex digits: the commit that was looked at. */
  readonly commit: string
  readonly methods: readonly ScanMethod[]
  readonly tools: readonly ScanTool[]
  /** Whole hours of people and of machines; null: not said. */
  readonly personHours: number | null
  readonly machineHours: number | null
  readonly finishedAt: string
}

export interface CleanScanStatement {
  readonly _type: typeof STATEMENT_TYPE
  readonly subject: readonly [{ readonly name: string; readonly digest: { readonly gitCommit: string } }]
  readonly predicateType: typeof CLEAN_SCAN_TYPE
  readonly predicate: {
    readonly path: string | null
    readonly weakness: string | null
    readonly methods: readonly ScanMethod[]
    readonly tools: readonly ScanTool[]
    readonly personHours: number | null
    readonly machineHours: number | null
    readonly finishedAt: string
    readonly result: 'nothing-found'
    /** Name of the organisation that looked; null: it did not want to be named. */
    readonly by: string | null
  }
}

/** The statement that a clean scan makes, for `by` to be named in, or nobody. */
export function cleanScanStatement(scan: CleanScan, by: string | null): CleanScanStatement {
  const { target, commit, methods, tools, personHours, machineHours, finishedAt } = scan
  return {
    _type: STATEMENT_TYPE,
    subject: [{ name: target.name, digest: { gitCommit: commit } }],
    predicateType: CLEAN_SCAN_TYPE,
    predicate: {
      path: target.path.length === 0 ? null : target.path.join('/'),
      weakness: target.weakness === null ? null : writeWeakness(target.weakness),
      methods: [...methods],
      tools: tools.map(({ name, version }) => ({ name, version })),
      personHours,
      machineHours,
      finishedAt,
      result: 'nothing-found',
      by,
    },
  }
}
