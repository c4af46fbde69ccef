import { PROBLEMS, type ProblemCode } from '../contract/problem.ts'

/** Exit codes of every verb. `stopped` is what a shell gives a program that Ctrl-C ended (128 + 2). */
export const EXIT = { done: 0, attention: 1, badInput: 2, refused: 3, unavailable: 4, stopped: 130 } as const
export type Exit = (typeof EXIT)[keyof typeof EXIT]

/** Ends the command with a sentence for the person and a code for the pipe. */
export class Stop extends Error {
  readonly exit: Exit
  readonly mend: string | null
  constructor(exit: Exit, say: string, mend: string | null = null) {
    super(say)
    this.exit = exit
    this.mend = mend
  }
}

/** The exit code of a problem document's code; a code not known here counts by its status: 5xx unavailable, else bad input. */
export function exitOf(code: string, status: number): Exit {
  if (Object.hasOwn(PROBLEMS, code)) return PROBLEMS[code as ProblemCode].exit
  if (status === 401 || status === 403 || status === 404 || status === 429) return EXIT.refused
  return status >= 500 ? EXIT.unavailable : EXIT.badInput
}
