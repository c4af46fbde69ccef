/** One piece of software (or hardware) that an inventory names. Texts are as the inventory wrote them; identities are canonical. */
export interface Component {
  /** Canonical purl, version and qualifiers included; null where the inventory states none that can be read. */
  readonly purl: string | null
  /** CPE 2.3 names as stated: weak identities, used only where no purl answers. */
  readonly cpes: readonly string[]
  /** Group or namespace as stated, where the format has one. */
  readonly group: string | null
  readonly name: string
  readonly version: string | null
  /** The format's own word: `library`, `framework`, `operating-system`, `firmware`, `device`, … never a reason to leave it out. */
  readonly type: string | null
  /** Product identities of operational technology: model and serial numbers, hashes in lower case hexadecimal, as `kind:value`. */
  readonly marks: readonly string[]
  /** Where it first stands in the inventory: a JSON pointer, an XML path or `line N`. */
  readonly place: string
}

/** What an inventory named and nobody can match, or what could not be read: counted and listed, never dropped in silence. */
export interface Unmatched {
  readonly place: string
  readonly why: UnmatchedWhy
  /** What stood there, cut to 200 characters, controls kept as they are: who shows it makes it inert. */
  readonly said: string
}

export type UnmatchedWhy =
  | 'no-identity' // a name without purl, CPE or ecosystem
  | 'no-version' // which package, but not which version of it
  | 'bad-purl' // a purl that cannot be read, and nothing else to go by
  | 'unknown-type' // a purl of a kind whose versions nobody orders here
  | 'wrong-shape' // a component that is no object, or its fields are of wrong types
  | 'too-large' // beyond a limit of one item

/** The inventory's own statements about a vulnerability (CycloneDX `vulnerabilities`), to be read as VEX. */
export interface StatedVulnerability {
  readonly ids: readonly string[]
  /** The format's own words for state and justification. */
  readonly state: string | null
  readonly justification: string | null
  readonly detail: string | null
  /** Purls, CPE names or identities (bom-refs are resolved to them) it is about; empty: the inventory's own subject. */
  readonly about: readonly string[]
  /** VERS text of the versions of `about` that are meant; null: those that the identities themselves name. */
  readonly versions: string | null
}

/** How a component came to be there, for tags of assets: who owns it, where it runs, who can reach it. Null: not said. */
export interface AssetTags {
  readonly organisation: string | null
  readonly unit: string | null
  readonly environment: 'production' | 'development' | null
  /** `public` is reachable by untrusted entities over public networks; not said counts as public (reference: unknown counts as exposed). */
  readonly exposure: 'public' | 'internal' | null
  readonly type: string | null
  /** What an attack on it would do to people and to the mission (SSVC human impact), as its operator judges it. */
  readonly impact: 'low' | 'medium' | 'high' | 'very-high' | null
  /** Whether it stands at the edge of a network, as a router or a VPN gateway does: of those BOD 26-02 speaks. */
  readonly edge: 'yes' | 'no' | null
  /** When its vendor's support ends: a day (`2027-06-30`, to its end in UTC) or `ended`. */
  readonly support: string | null
  /** Whether it stands on CISA's list of end-of-support edge devices. */
  readonly listed: 'yes' | 'no' | 'unknown' | null
  readonly maker: string | null
  readonly model: string | null
}

/** Nobody said anything of an asset. */
export const NO_TAGS: AssetTags = {
  organisation: null,
  unit: null,
  environment: null,
  exposure: null,
  type: null,
  impact: null,
  edge: null,
  support: null,
  listed: null,
  maker: null,
  model: null,
}
