import { Failure } from '../failure.ts'

/** Something of ours or of the suite's went wrong: no run, begun again. */
export class HarnessFault extends Error {}

/** Codes of the sandbox that say that this machine has no wall for a task: begging again would change nothing. */
const NO_WALL = new Set(['sandbox.no-tier', 'sandbox.below-floor', 'sandbox.no-such-network'])

/** Whether a task cannot be run on this machine at all. */
export function lacksWall(error: unknown): error is Failure {
  return error instanceof Failure && NO_WALL.has(error.code)
}

/** A failure of the sandbox as a fault of the harness; anything else as it is. */
export function asFault(error: unknown): unknown {
  if (!(error instanceof Failure) || !error.code.startsWith('sandbox.') || NO_WALL.has(error.code)) return error
  return new HarnessFault(error.message)
}
