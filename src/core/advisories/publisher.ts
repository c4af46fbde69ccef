export const PUBLISHER_KINDS = ['coordinator', 'vendor', 'discoverer', 'other'] as const

/** Who publishes and where. */
export interface Publisher {
  readonly name: string
  readonly kind: (typeof PUBLISHER_KINDS)[number]
  /** Web address that names the organisation, for example `https://clearing.example`. */
  readonly namespace: string
  /** Web address under which the public tree is served, without a slash at its end. */
  readonly home: string
  /** Prefix of OSV ids, `x_` before it where it is not registered with OSV, for example `x_weir`. */
  readonly prefix: string
  readonly contact: string | null
  /** As a CVE Numbering Authority: the organisation's UUID and short name at CVE Services; null: it is none. */
  readonly cna: { readonly organisation: string; readonly shortName: string } | null
}
