/** What a rule comes to for one flaw on one class of assets: how long, and what else must be done. */
export interface Tier {
  /** The rule's own key, for example `3DF`. */
  readonly key: string
  readonly name: string
  /** Calendar days; null where the rule counts none. */
  readonly days: number | null
  /** What ends it where no days are counted: the next scheduled major upgrade or rebuild, a date another office set, or nothing. */
  readonly otherwise: 'upgrade' | 'assigned' | 'priority' | 'nothing' | null
  readonly triage: boolean
  /** Larger is more urgent; ranks what has the same due instant or none. */
  readonly rank: number
}

/** A tier that counts days. */
export function dayTier(key: string, name: string, days: number, rank: number, triage = false): Tier {
  return { key, name, days, otherwise: null, triage, rank }
}

/** Which tier lets less time pass: negative where `a` does. No day count is the longest; of equal ones the higher rank comes first. */
export function compareTiers(a: Tier, b: Tier): number {
  const days = (a.days ?? Number.POSITIVE_INFINITY) - (b.days ?? Number.POSITIVE_INFINITY)
  return Number.isNaN(days) || days === 0 ? b.rank - a.rank : days
}
