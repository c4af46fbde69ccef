import type { Case } from '../../src/core/cases/case.ts'
import type { Asker, CaseCommand } from '../../src/core/cases/case-command.ts'
import type { CaseEvent } from '../../src/core/cases/case-event.ts'
import type { CaseAsked } from '../../src/core/cases/open-case.ts'
import type { SplitAsked } from '../../src/core/cases/open-split.ts'
import type { Id } from '../../src/core/kernel/id.ts'

/** Two clocks that may lie; epoch milliseconds. */
export interface Clocks {
  host(): number
  database(): number
}

/** Where a life's crash falls: before what was decided is on record, or after, when nobody hears the answer. */
export type Crash = 'before' | 'after' | null

/** The service died; whether the command stands is for the records to say. */
export class Died extends Error {
  override name = 'Died'
}

export type Told = { readonly ok: true; readonly events: readonly CaseEvent[] } | { readonly ok: false; readonly code: string }

/** A service of cases on records that outlive it. */
export interface CaseHouse {
  open(asked: CaseAsked, asker: Asker): Promise<Told>
  tell(id: Id<'case'>, asker: Asker, command: CaseCommand, crash: Crash): Promise<Told>
  merge(into: Id<'case'>, from: Id<'case'>, asker: Asker, crash: Crash): Promise<Told>
  split(parent: Id<'case'>, asked: SplitAsked, asker: Asker, crash: Crash): Promise<Told>
  /** What the record says. */
  peek(id: Id<'case'>): Promise<Case>
  /** The same with the events that led to it. */
  stored(id: Id<'case'>): Promise<{ readonly case: Case; readonly events: readonly CaseEvent[] }>
  /** Lets the service's own timers do what they do as `milliseconds` of true time pass, which `pass` makes pass. */
  run(milliseconds: number, pass: (milliseconds: number) => void): Promise<void>
  /** Throws the service away and opens a new one on the same records. */
  restart(): Promise<void>
}
