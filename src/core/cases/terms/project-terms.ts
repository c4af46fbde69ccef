// What one project says of how it wants reports. Nothing here is a rule of ours: what the project leaves out binds nobody.
import type { Contact } from './contact.ts'

export const TERMS_VERSION = '1.0.0'

/** What a report may have to come with. */
export const CARRIED = ['reproducer', 'patch', 'regression-test', 'bisect'] as const
export type Carried = (typeof CARRIED)[number]

export const SEVERITY_WORDS = ['low', 'medium', 'high', 'critical'] as const
export type FloorWord = (typeof SEVERITY_WORDS)[number]

/** Below what a project does not want reports: by word, or by a CVSS score. */
export type SeverityFloor = { readonly by: 'word'; readonly least: FloorWord } | { readonly by: 'cvss'; readonly least: number }

/** `none`: the project keeps nothing secret. `policy`, `days`: what it proposes for each case; the case itself decides. */
export type EmbargoStance =
  | { readonly stance: 'unstated' }
  | { readonly stance: 'none' }
  | { readonly stance: 'policy'; readonly policy: string }
  | { readonly stance: 'days'; readonly most: number }

/** Daily, by the wall clock of the zone; over midnight where `to` is before `from`; equal times are no quiet hours. */
export interface QuietHours {
  readonly from: string
  readonly to: string
  readonly zone: string
}

/** The pace a project sets. */
export interface Pace {
  readonly openAtOnce: number
  readonly perWeek: number
  readonly quiet: QuietHours | null
  /** RFC 3339 instant, or `further-notice`. */
  readonly pausedUntil: string | null
}

export interface ProjectTerms {
  readonly version: typeof TERMS_VERSION
  readonly project: {
    readonly name: string | null
    readonly purls: readonly string[]
    readonly repository: string | null
  }
  readonly contact: Contact | null
  readonly report: {
    readonly mustCarry: readonly Carried[]
    readonly plainText: boolean
    /** Of the letter's text, in Unicode code points. */
    readonly mostCharacters: number | null
    /** Languages the project reads, as BCP 47 tags; none: any. */
    readonly languages: readonly string[]
    /** Takes reports that no person has checked. */
    readonly unchecked: boolean
  }
  readonly outOfScope: {
    readonly weaknesses: readonly string[]
    /** Path prefixes in the repository, separated by `/`. */
    readonly components: readonly string[]
    /** For a person to read; nothing is decided by it alone. */
    readonly words: string | null
  }
  readonly severityFloor: SeverityFloor | null
  /** `disclosure`: whether a letter says that a model was used. `found`: whether the project takes what a model found. */
  readonly ai: {
    readonly disclosure: 'required' | 'welcome' | 'unwanted'
    readonly found: 'accepted' | 'refused'
  }
  readonly embargo: EmbargoStance
  readonly optOut: { readonly scans: boolean; readonly reports: boolean }
  readonly pace: Pace | null
}
