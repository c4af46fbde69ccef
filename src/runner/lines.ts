import type { RunnerLine } from '../contract/runner.ts'
import { Failure } from './failure.ts'

/** Says something to whoever started this process. */
export type Say = (line: RunnerLine) => void

/** Lines of JSON on standard output. */
export const say: Say = (line) => void process.stdout.write(`${JSON.stringify(line)}\n`)

/** What went wrong, as a line; a mistake of ours is told as such, without its inner words. */
export function failedLine(error: unknown): Extract<RunnerLine, { event: 'failed' }> {
  if (error instanceof Failure)
    return { event: 'failed', code: error.code, say: error.message, where: error.where, mend: error.mend }
  const words = error instanceof Error ? error.message : 'unknown'
  return { event: 'failed', code: 'runner.mistake', say: `The runner itself failed: ${words}`, where: null, mend: null }
}
