import type { Refused } from '../../kernel/decision.ts'
import type { RelayRefusal } from './relay-refusal.ts'

/** Where a draft can go by a click; plain mail goes as a letter instead. */
export const RELAY_ROUTES = ['github', 'vince', 'akrites'] as const
export type RelayRoute = (typeof RELAY_ROUTES)[number]

export const OMISSIONS = {
  'no-field': 'The other side has no field for it.',
  length: 'It does not fit into the length that the other side accepts.',
  count: 'The other side takes fewer of them.',
  form: 'It is not in the form that the other side accepts.',
  'personal-data': "It would pass on a reporter's personal data.",
  'machine-bytes': 'The field takes text only, and this is not text.',
} as const

/** Something of the case that a draft does not carry, and why. */
export interface Omission {
  readonly what: string
  readonly why: keyof typeof OMISSIONS
}

/** A file as it would be sent, under a name that says nothing about the flaw. */
export interface DraftFile {
  readonly filename: string
  readonly contentType: 'text/plain' | 'application/octet-stream'
  readonly kind: 'report' | 'reproducer' | 'patch' | 'test'
  readonly bytes: Uint8Array
}

export interface GithubBody {
  readonly summary: string
  readonly description: string
  readonly vulnerabilities: readonly {
    readonly package: { readonly ecosystem: string; readonly name: string }
    readonly vulnerable_version_range?: string
    readonly patched_versions?: string
    readonly vulnerable_functions?: readonly string[]
  }[]
  readonly cwe_ids?: readonly string[]
  /** One of the two at most. */
  readonly severity?: string
  readonly cvss_vector_string?: string
  readonly start_private_fork: boolean
}

export interface VinceBody {
  /** Field name to value; fields that may be repeated have several. */
  readonly fields: Readonly<Record<string, readonly string[]>>
  readonly file: DraftFile | null
}

export interface AkritesBody {
  readonly report: Readonly<Record<string, unknown>>
  readonly files: readonly DraftFile[]
}

export type RelayBody =
  | { readonly route: 'github'; readonly body: GithubBody }
  | { readonly route: 'vince'; readonly body: VinceBody }
  | { readonly route: 'akrites'; readonly body: AkritesBody }

/** What would be sent, what stays here and why; nothing leaves until a person sends it. */
export type RelayDraft = RelayBody & {
  /** SHA-256 of the body: what the person saw is what is sent. */
  readonly digest: string
  readonly leftOut: readonly Omission[]
  /** How many pieces of personal data were taken out of texts. */
  readonly removed: number
  /** Of description, trigger, severity, reproducer, patch and test, what a report that is worked on quickly has, and this has not. */
  readonly lacks: readonly string[]
}

export type Drafted = { readonly ok: true; readonly draft: RelayDraft } | Refused<RelayRefusal>
