import type { Problem } from '../../contract/problem.ts'

/** The server answered, and the answer was no: its problem document. */
export class Refused extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.detail ?? problem.title)
    this.name = 'Refused'
    this.problem = problem
  }
}

/** No answer came: the network or the server is away. Whether a write took effect is not known. */
export class Unreachable extends Error {
  constructor() {
    super('No answer from the server.')
    this.name = 'Unreachable'
  }
}

/** The problem that a failed request carries, or null when no answer came. */
export function problemOf(error: unknown): Problem | null {
  return error instanceof Refused ? error.problem : null
}

/** Reads a problem document; anything else becomes "internal", so that no foreign page's text is shown as ours. */
export function readProblem(status: number, body: unknown): Problem {
  const found = body as Partial<Problem> | null
  if (found && typeof found === 'object' && typeof found.code === 'string' && typeof found.title === 'string') {
    return { ...found, status } as Problem
  }
  return { type: 'about:blank', title: `The server answered ${status}`, status, code: 'internal' }
}
