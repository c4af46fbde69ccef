/** What a check answers: it held, or a code of the closed union `Code` and one sentence for a person. */
export type Outcome<Code extends string> = { readonly ok: true } | Failed<Code>

export interface Failed<Code extends string> {
  readonly ok: false
  readonly code: Code
  readonly say: string
}

export const HELD: { readonly ok: true } = { ok: true }

/** A failed check as a value; checks of hostile input never throw. */
export function fail<Code extends string>(code: Code, say: string): Failed<Code> {
  return { ok: false, code, say }
}
