import type { Instant } from '../../kernel/instant.ts'
import type { Provenance } from './provenance.ts'

/** One kind of software that the flaw is in, as a relay names it. */
export interface RelayProduct {
  /** Canonical purl without version; null: only the names below are known. */
  readonly purl: string | null
  readonly vendor: string | null
  readonly product: string | null
  readonly versions: readonly string[]
  /** A range in words of its ecosystem, for example `>= 1.2, < 1.4.1`. */
  readonly range: string | null
  readonly patched: string | null
  readonly functions: readonly string[]
  /** Web address of its repository. */
  readonly repository: string | null
}

export const RELAY_FILE_KINDS = ['reproducer', 'patch', 'test'] as const

/** A piece of evidence with the digest under which the case keeps it; hostile bytes. */
export interface RelayFile {
  readonly kind: (typeof RELAY_FILE_KINDS)[number]
  readonly bytes: Uint8Array
  /** SHA-256 in hexadecimal digits, checked before a draft is made. */
  readonly digest: string
}

/** What is known of a case and may go to another coordinator or to the maintainers; every text in it is hostile. */
export interface RelaySource {
  /** The case's opaque reference, which means nothing to anyone else. */
  readonly reference: string
  readonly summary: string
  readonly description: string
  /** How the flaw is made to show. */
  readonly trigger: string | null
  readonly impact: string | null
  readonly discovery: {
    readonly method: 'manual' | 'ai-assisted' | 'ai-discovered' | 'automated-scan'
    readonly tooling: string | null
  }
  readonly products: readonly RelayProduct[]
  readonly symbol: { readonly file: string | null; readonly function: string | null } | null
  readonly severity: { readonly word: 'low' | 'medium' | 'high' | 'critical' | null; readonly vector: string | null }
  /** CWE ids such as `CWE-787`. */
  readonly weaknesses: readonly string[]
  readonly verified: 'unconfirmed' | 'simulated' | 'confirmed'
  readonly introducedCommit: string | null
  readonly fixedCommit: string | null
  readonly files: readonly RelayFile[]
  readonly aliases: readonly string[]
  /** Web addresses that anyone may know. */
  readonly references: readonly string[]
  readonly public: boolean
  readonly exploited: boolean
  readonly firstContact: Instant | null
  readonly provenance: Provenance
  /** Names, addresses and handles of the people who reported: nothing of it may be in a draft, save where a credit says so. */
  readonly personal: readonly string[]
}
