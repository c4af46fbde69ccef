import { setTimeout as sleep } from 'node:timers/promises'
import { NoAnswer } from './server.ts'

const LONGEST_MS = 30_000

/** Tries again after 0.5 s, 1 s, 2 s … 30 s while the failure is a passing one; any other is thrown. Ends with the signal. */
export async function patiently<T>(attempt: () => Promise<T>, signal: AbortSignal, first = 500): Promise<T> {
  for (let wait = first; ; wait = Math.min(LONGEST_MS, wait * 2)) {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof NoAnswer) || !error.passing) throw error
    }
    await sleep(wait, undefined, { signal })
  }
}
