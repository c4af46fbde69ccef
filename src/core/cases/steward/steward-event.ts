import type { Id } from '../../kernel/id.ts'
import type { Instant } from '../../kernel/instant.ts'
import type { Abandonment, Escalation, RoutedFix, Steward, StewardEnd } from './stewardship.ts'

interface Stamp {
  readonly target: string
  readonly at: Instant
  /** Null: the program itself, by the clock. */
  readonly by: Id<'person'> | null
}

/** What happened to a stewardship. `dueAt` is set by whoever decided, so that an old event keeps the days it was made with. */
export type StewardEvent = Stamp &
  (
    | {
        readonly type: 'stewardship-opened'
        readonly policy: string
        readonly abandoned: Abandonment
        readonly dueAt: Instant
      }
    | { readonly type: 'lead-assigned'; readonly lead: Steward; readonly dueAt: Instant }
    | { readonly type: 'assessment-handed-in'; readonly assessment: string }
    | { readonly type: 'stewardship-confirmed'; readonly dueAt: Instant }
    | { readonly type: 'co-lead-joined'; readonly coLead: Steward }
    | { readonly type: 'checked-in'; readonly dueAt: Instant }
    | ({ readonly type: 'fix-routed' } & Omit<RoutedFix, 'at'>)
    /** The co-lead takes over where there is one; `dueAt` then stays as it was. */
    | { readonly type: 'lead-stepped-down'; readonly dueAt: Instant }
    | { readonly type: 'co-lead-stepped-down' }
    | { readonly type: 'stewardship-escalated'; readonly why: Escalation; readonly dueAt: Instant }
    | { readonly type: 'stewardship-ended'; readonly why: StewardEnd }
  )
