import type { EmbargoFacts } from '../../../core/cases/embargo-policy/embargo-facts.ts'
import type { EmbargoPolicy } from '../../../core/cases/embargo-policy/embargo-rule.ts'
import { EMBARGO_POLICIES } from '../../../core/cases/embargo-policy/registry.ts'
import { termsFor } from '../../../core/cases/embargo-policy/terms-for.ts'
import { sentenceOf } from '../../../core/cases/embargo-policy/why-sentence.ts'
import type { Instant } from '../../../core/kernel/instant.ts'
import type { WhyDate } from './case-body.ts'

/** The end that a policy gives, in the machine's form and in words. */
export interface PolicyDates {
  /** Null: open-ended by consent; `none`: the policy admits no embargo, or gives no end yet. */
  readonly endsAt: Instant | null | 'none'
  readonly policy: string
  readonly why: readonly string[]
  readonly dates: readonly WhyDate[]
}

/** The published policy of that name: its id, or id and version as `cert-cc/45-days`; null where none is known. */
export function policyNamed(text: string): EmbargoPolicy | null {
  return EMBARGO_POLICIES.find(({ id, version }) => text === `${id}/${version}` || text === id) ?? null
}

/** What a policy says about the end of an embargo that begins now. */
export function policyDates(policy: EmbargoPolicy, party: string, now: Instant, aiFound: boolean | null): PolicyDates {
  const nothing = { validatedAt: null, ownedAt: null, fixReadyAt: null, patchAt: null, exploited: null, severity: null }
  const open = { engaged: null, requestedExtension: null, receiverDefault: null, negotiated: null }
  const facts: EmbargoFacts = { ...nothing, ...open, reportedAt: now, aiFound }
  const { endsAt, why } = termsFor(facts, [{ policy, party }])
  const openEnded = why.some(({ effect }) => effect === 'open-ended')
  return {
    endsAt: endsAt === 'public-now' || (endsAt === null && !openEnded) ? 'none' : endsAt,
    policy: `${policy.id}/${policy.version}`,
    // Terms are read before consent: dates, rules and policies stand in them, never the flaw.
    why: why.slice(0, 24).map((line) => sentenceOf(line).slice(0, 400)),
    dates: why.map((line) => ({
      says: sentenceOf(line),
      at: typeof line.at === 'number' ? line.at : null,
      source: line.policy === policy.id ? policy.source.document : null,
      binds: line.effect === 'decides',
    })),
  }
}
