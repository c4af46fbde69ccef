import { availableParallelism } from 'node:os'
import { DepotUse } from './drive/depot-use.ts'
import { Permits } from './drive/permits.ts'
import { SandboxClient, startSandbox } from './sandbox/sandbox-client.ts'
import type { State } from './state-folder.ts'
import { openKey } from './statement/key.ts'
import type { Ground } from './take-up.ts'

/** Sandboxes at once: as many as there are processors. */
export const SLOTS = Math.min(64, availableParallelism())

/** What this process works with: its sandbox process (started at the first request), its key, its clock. */
export function openGround(state: State): Ground {
  const depot = new DepotUse(state.use, Date.now)
  return {
    client: new SandboxClient(startSandbox(state.depot), undefined, (tree) => depot.note(tree)),
    depot,
    permits: new Permits(SLOTS),
    key: openKey(state.key),
    now: Date.now,
  }
}

/** Ends the sandbox process and writes down what was used. */
export async function closeGround({ client, depot }: Ground): Promise<void> {
  await client.stop()
  depot.save()
}
