/** Whether a version stands in what an advisory names, with every step that led there. */
export interface Match {
  readonly affected: 'yes' | 'no' | 'unknown'
  /** `purl` is exact; `cpe` is weak and marked as such; `product` comes from a product tree. */
  readonly by: 'purl' | 'cpe' | 'product'
  /** The nearest version that ends it: what to upgrade to; null where none is stated. */
  readonly fixed: string | null
  readonly steps: readonly MatchStep[]
}

/** One step of a reason, as data; sentences are made from it where people read. */
export interface MatchStep {
  readonly step:
    | 'same-package'
    | 'other-package'
    | 'other-release'
    | 'release-not-stated'
    | 'other-module'
    | 'listed-version'
    | 'in-range'
    | 'before-introduced'
    | 'from-fixed'
    | 'after-last-affected'
    | 'no-range-holds'
    | 'unreadable-version'
    | 'unknown-order'
    | 'git-range-only'
    | 'withdrawn'
    | 'vex-affected'
    | 'vex-not-affected'
    | 'vex-fixed'
    | 'weak-identity'
  /** The rule that decided: name of a version order, an OSV clause, a VEX document. */
  readonly rule: string
  /** The texts compared, in order of the sentence. */
  readonly with: readonly string[]
}
