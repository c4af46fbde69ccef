import type { ProblemCode } from '../../contract/problem.ts'

/** What a command or query answers: a value, or a refusal with a code that the doors turn into a problem document. */
export type Answer<T> = { readonly ok: true; readonly value: T } | Denied

export interface Denied {
  readonly ok: false
  readonly code: ProblemCode
  readonly say?: string
  readonly where?: string
}

export const done = <T>(value: T): Answer<T> => ({ ok: true, value })

export const denied = (code: ProblemCode, say?: string, where?: string): Denied => ({
  ok: false,
  code,
  ...(say === undefined ? {} : { say }),
  ...(where === undefined ? {} : { where }),
})

/** The one answer for what is not there and for what may not be seen: nobody can tell which. */
export const NOT_FOUND: Denied = denied('thing.not-found')
