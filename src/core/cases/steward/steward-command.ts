import type { Id } from '../../kernel/id.ts'
import type { Escalation, FixRoute, Steward, StewardEnd } from './stewardship.ts'

/** Who gives a command. `coordinator`: works for the clearinghouse; the door knows. */
export type StewardAsker =
  | {
      readonly kind: 'person'
      readonly person: Id<'person'>
      readonly organisation: Id<'organisation'>
      readonly coordinator: boolean
    }
  | { readonly kind: 'machine' }

export type StewardCommand =
  /** A coordinator asks somebody to look whether they can carry it. */
  | { readonly do: 'assign'; readonly lead: Steward }
  /** The lead hands in what they found; `assessment` is its SHA-256. */
  | { readonly do: 'assess'; readonly canCarry: boolean; readonly assessment: string }
  /** A coordinator, who is not the lead, takes the assessment: the stewardship is active. */
  | { readonly do: 'confirm' }
  | { readonly do: 'join'; readonly coLead: Steward }
  | { readonly do: 'check-in' }
  | { readonly do: 'route-fix'; readonly route: FixRoute; readonly fork: string | null }
  | { readonly do: 'step-down' }
  | { readonly do: 'escalate'; readonly why: Extract<Escalation, 'too-large' | 'contested'> }
  | { readonly do: 'end'; readonly why: StewardEnd }
  /** Time has passed and nothing else. */
  | { readonly do: 'clock' }
