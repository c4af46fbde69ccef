import type { Decision } from '../kernel/decision.ts'
import type { Id } from '../kernel/id.ts'
import type { Instant } from '../kernel/instant.ts'
import type { BothSigned, Docket, Party } from './docket.ts'
import type { Asker, DocketCommand } from './docket-command.ts'
import type { DocketEvent } from './docket-event.ts'
import type { DocketRefusal } from './docket-refusal.ts'
import type { AccessPolicy } from './policy.ts'

export type DocketDecision = Decision<DocketEvent, DocketRefusal>
export type CommandOf<Name extends DocketCommand['do']> = Extract<DocketCommand, { do: Name }>

/** One command's whole world: the docket as it stands, who asks, and the one now that every rule sees. */
export interface Turn {
  readonly docket: Docket
  readonly asker: Asker
  readonly now: Instant
  readonly policy: AccessPolicy
}

/** A turn of somebody whose seat lets them give the command, with the side that the seat is on. */
export interface SidedTurn extends Turn {
  readonly asker: Extract<Asker, { kind: 'person' }>
  readonly party: Party
}

/** What every event of a turn starts with. */
export function stamp({ docket, asker, now }: Turn): {
  readonly docket: Id<'docket'>
  readonly at: Instant
  readonly by: Id<'person'> | null
} {
  return { docket: docket.id, at: now, by: asker.kind === 'person' ? asker.person : null }
}

export const UNSIGNED: BothSigned = { developer: null, office: null }

/** The same signatures with one more. */
export function signedBy(signed: BothSigned, party: Party, person: Id<'person'>, at: Instant): BothSigned {
  return { ...signed, [party]: { person, at } }
}

/** Whether both sides have signed. */
export function isSigned(signed: BothSigned): boolean {
  return signed.developer !== null && signed.office !== null
}
