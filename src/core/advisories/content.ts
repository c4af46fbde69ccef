import type { Justification, Status } from '../cases/case.ts'
import type { Id } from '../kernel/id.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Publisher } from './publisher.ts'

/** Labels of the Traffic Light Protocol 2.0 (FIRST, 2022), the widest audience first. */
export const TLP_LABELS = ['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'] as const
export type TlpLabel = (typeof TLP_LABELS)[number]

/** Who scored, in the order in which scores are shown: the vendor owns the severity, the others stand beside it. */
export const SCORERS = ['vendor', 'coordinator', 'finder'] as const
export type Scorer = (typeof SCORERS)[number]

/** How a vendor's product stands to a flaw, the worst first: where two contradict each other the worse one counts. */
export const STATUSES = ['affected', 'under-investigation', 'fixed', 'not-affected'] as const satisfies readonly Status[]

export const RANGE_SCHEMES = ['semver', 'ecosystem', 'git'] as const
export const REMEDY_KINDS = ['fix', 'workaround', 'mitigation', 'no-fix-planned', 'none-yet'] as const
export const REFERENCE_KINDS = ['advisory', 'article', 'report', 'fix', 'package', 'evidence', 'web'] as const
export const CREDIT_KINDS = ['finder', 'reporter', 'analyst', 'coordinator', 'developer', 'reviewer', 'tool', 'other'] as const

/** From `introduced` (null: from the beginning) up to, but not with, `fixed`, or up to and with `lastAffected`; never both. */
export interface AffectedRange {
  readonly scheme: (typeof RANGE_SCHEMES)[number]
  /** Web address of the repository whose commits are meant; for `git` only. */
  readonly repository: string | null
  readonly introduced: string | null
  readonly fixed: string | null
  readonly lastAffected: string | null
}

/** What one vendor says of one product. At least a purl, or a vendor and a product. */
export interface AffectedProduct {
  /** Canonical purl without version. */
  readonly purl: string | null
  readonly vendor: string | null
  readonly product: string | null
  readonly ranges: readonly AffectedRange[]
  readonly versions: readonly string[]
  readonly status: Status
  /** Only with `not-affected`. */
  readonly justification: Justification | null
  /** The vendor's own words, as they were let out. */
  readonly statement: string | null
}

export interface Score {
  readonly by: Scorer
  /** A CVSS 2.0, 3.0, 3.1 or 4.0 vector; the number is computed from it. */
  readonly vector: string
}

export interface Remedy {
  readonly kind: (typeof REMEDY_KINDS)[number]
  readonly text: string
  readonly url: string | null
}

export interface Reference {
  readonly kind: (typeof REFERENCE_KINDS)[number]
  readonly url: string
  readonly title: string | null
}

/** Somebody as they wish to be named; who wishes no name is not here. */
export interface Credit {
  readonly kind: (typeof CREDIT_KINDS)[number]
  readonly name: string
  readonly organisation: string | null
}

export interface TimelineEntry {
  readonly at: Instant
  readonly what: string
}

/** One SSVC input that readers may take over: which decision point with its version, which value, who judged and when. */
export interface SsvcSelection {
  readonly audience: 'supplier' | 'deployer'
  /** For example `ssvc:E:1.1.0`. */
  readonly point: string
  readonly value: string
  readonly by: string
  readonly at: Instant
}

export interface AdvisoryFlaw {
  readonly id: Id<'flaw'>
  readonly title: string
  readonly description: string
  /** CVE, GHSA and other public names. A CVE id stands in one flaw of an advisory only. */
  readonly aliases: readonly string[]
  /** CWE ids, the one that says most first. */
  readonly weaknesses: readonly string[]
  readonly scores: readonly Score[]
  readonly affected: readonly AffectedProduct[]
  readonly remedies: readonly Remedy[]
  readonly references: readonly Reference[]
  readonly credits: readonly Credit[]
  readonly timeline: readonly TimelineEntry[]
  readonly selections: readonly SsvcSelection[]
}

/** Everything an advisory says. Text is hostile: renderings make it inert in their own way. */
export interface AdvisoryContent {
  readonly title: string
  readonly summary: string
  /** BCP 47, language and perhaps region: `en`, `pt-BR`. */
  readonly language: string
  readonly distribution: { readonly tlp: TlpLabel; readonly text: string | null }
  readonly publisher: Publisher
  readonly references: readonly Reference[]
  readonly flaws: readonly AdvisoryFlaw[]
}
