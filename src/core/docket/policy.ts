/** How long early access may last at most, and by which rule. A docket keeps the id of the policy it was opened under. */
export interface AccessPolicy {
  /** Name and version, for example `eo-14409/1.0.0`. */
  readonly id: string
  readonly title: string
  readonly source: string
  /** Most whole days, of 24 hours each, that a window may last; no terms and no down time go past it. */
  readonly maxDays: number
  /** Whether dockets may be opened under it; others stand here for comparison and for old dockets. */
  readonly inForce: boolean
  /** Days of 24 hours that both sides have to sign the receipt of a purge, before the docket closes without. */
  readonly receiptDays: number
  /** Where `receiptDays` comes from. */
  readonly receiptSource: string
}

const OWN_RULE = 'A rule of this program, so that no side can keep a docket from ending; the order sets none.'

/** Every policy known, the one in force first. Another regime is another row. */
export const ACCESS_POLICIES: readonly AccessPolicy[] = [
  {
    id: 'eo-14409/1.0.0',
    title: 'Executive Order 14409 of 2 June 2026',
    source: 'Section 3(b)(ii): access for a period of up to 30 days before release to other trusted partners.',
    maxDays: 30,
    inForce: true,
    receiptDays: 14,
    receiptSource: OWN_RULE,
  },
  {
    id: 'eo-14409-draft/2026-05',
    title: 'Draft of the order, May 2026, pulled on 21 May',
    source: 'Press reports on the draft: a window of 90 days. Never signed.',
    maxDays: 90,
    inForce: false,
    receiptDays: 14,
    receiptSource: OWN_RULE,
  },
]

/** The policy with that id, or null. */
export function policyOf(id: string): AccessPolicy | null {
  return ACCESS_POLICIES.find((policy) => policy.id === id) ?? null
}
