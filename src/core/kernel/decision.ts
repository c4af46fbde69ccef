/** What a pure decision answers: events to be stored, or a refusal with a code of the closed union `Code`. */
export type Decision<Event, Code extends string = string> =
  | { readonly ok: true; readonly events: readonly Event[] }
  | Refused<Code>

export interface Refused<Code extends string = string> {
  readonly ok: false
  readonly code: Code
  /** One sentence for the person who asked: what was refused and how to mend it. Never names what the asker may not see. */
  readonly say: string
}

export function accept<Event>(...events: Event[]): { readonly ok: true; readonly events: readonly Event[] } {
  return { ok: true, events }
}

export function refuse<Code extends string>(code: Code, say: string): Refused<Code> {
  return { ok: false, code, say }
}
