import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunnerLine } from '../../contract/runner.ts'
import { Stop } from '../exit.ts'
import { runRunner } from '../validate/runner-process.ts'
import { type Check, good, noting, wanting } from './check.ts'

const LONGEST_MS = 30_000

/**
 * Which sandboxes for validation are here: each tier is opened once, on a folder that is gone afterwards. Without one, nothing is
 * ever run; Weir itself works.
 */
export async function checkSandboxes(): Promise<Check[]> {
  const state = mkdtempSync(join(tmpdir(), 'weir-doctor-'))
  let tiers: Extract<RunnerLine, { event: 'tiers' }> | null = null
  const take = (line: RunnerLine) => {
    if (line.event === 'tiers') tiers = line
  }
  try {
    await runRunner(['local', '--state', state], { do: 'tiers' }, take, AbortSignal.timeout(LONGEST_MS))
  } catch (error) {
    if (!(error instanceof Stop)) throw error
    return [wanting('sandbox', `cannot be tried: ${error.message}`, error.mend)]
  } finally {
    rmSync(state, { recursive: true, force: true })
  }
  return tiers === null ? [] : tierChecks(tiers)
}

/** A line for each tier; only where none is here does something lack. */
export function tierChecks({ here, lacking }: Extract<RunnerLine, { event: 'tiers' }>): Check[] {
  const none = here.length === 0
  return [
    ...here.map(({ tier, says, memory }) =>
      good('sandbox', `${tier}: ${says}${memory === 'watched' ? '; memory is held by watching' : ''}`),
    ),
    ...lacking.map(({ tier, say, mend }) => (none ? wanting : noting)('sandbox', `${tier}: ${say}`, mend)),
  ]
}
