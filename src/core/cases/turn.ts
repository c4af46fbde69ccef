import type { Decision } from '../kernel/decision.ts'
import type { Id } from '../kernel/id.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Case } from './case.ts'
import type { Asker, CaseCommand, CaseCommandName } from './case-command.ts'
import type { CaseEvent } from './case-event.ts'
import type { CaseRefusal } from './case-refusal.ts'

export type CaseDecision = Decision<CaseEvent, CaseRefusal>
export type CommandOf<Name extends CaseCommandName> = Extract<CaseCommand, { do: Name }>

/** One command's whole world: the case as it stands, who asks, and the one now that every rule sees. */
export interface Turn {
  readonly case: Case
  readonly asker: Asker
  readonly now: Instant
}

/** What every event of a turn starts with. */
export function stamp({ case: { id }, asker, now }: Turn): {
  readonly case: Id<'case'>
  readonly at: Instant
  readonly by: Id<'person'> | null
} {
  return { case: id, at: now, by: asker.kind === 'person' ? asker.person : null }
}
