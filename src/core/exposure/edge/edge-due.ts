import type { Instant } from '../../kernel/instant.ts'
import {
  type EdgeDevice,
  type EdgeMilestone,
  type EdgeStep,
  edgeMilestones,
  edgeProcessDue,
} from '../directives/edge-devices.ts'
import { type DueState, dueState } from '../finding-object.ts'
import { doneBy, type EdgeDeed, type EdgeNote } from './edge-note.ts'

/** One thing that is due of a device, and how it stands. */
export interface EdgeDue extends EdgeMilestone {
  /** What settles it: one removal settles both rows that ask for it. */
  readonly deed: EdgeDeed
  readonly state: Exclude<DueState, 'no-date'> | 'done'
  readonly done: EdgeNote | null
}

const DEEDS: Readonly<Record<EdgeStep, EdgeDeed>> = {
  list: 'reported',
  'remove-listed': 'removed',
  'remove-all': 'removed',
  discover: 'process',
}

/** The rows of BOD 26-02 for one device, in order, with what was said done. */
export function edgeDues(device: EdgeDevice, notes: readonly EdgeNote[], now: Instant): readonly EdgeDue[] {
  return edgeMilestones(device, now).map((milestone) => stand(milestone, notes, now))
}

/** The row that asks something of the organisation itself. */
export function edgeOwnDue(notes: readonly EdgeNote[], now: Instant): EdgeDue {
  return stand(edgeProcessDue(), notes, now)
}

function stand(milestone: EdgeMilestone, notes: readonly EdgeNote[], now: Instant): EdgeDue {
  const deed = DEEDS[milestone.step]
  const done = doneBy(notes, deed)
  const state = dueState(milestone.due, now)
  return { ...milestone, deed, state: done !== null ? 'done' : state === 'no-date' ? 'later' : state, done }
}

/** When the next open thing is due; null: nothing is open. */
export function nextEdgeDue(dues: readonly EdgeDue[]): Instant | null {
  return dues.reduce<Instant | null>(
    (next, { state, due }) => (state === 'done' || (next !== null && next <= due) ? next : due),
    null,
  )
}

/** Whether BOD 26-02 binds whoever goes by that rule: it binds agencies that CISA's directives and dates bind; null: nobody said. */
export function edgeBinds(directive: string, bound: boolean | null): boolean | null {
  return directive === 'bod-26-04' || directive === 'kev-dates' ? bound : false
}

/** The sentence where the table is no finding of compliance; null: it binds. */
export function sayEdgeAnalogy(binds: boolean | null): string | null {
  if (binds === true) return null
  const why = binds === null ? 'Nobody said whether it binds this organisation.' : 'It does not bind this organisation.'
  return `An analogy, no finding of compliance. BOD 26-02 binds agencies of the federal civilian executive branch. ${why}`
}
