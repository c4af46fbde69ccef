import { statfsSync } from 'node:fs'
import type { Held } from './implementation.ts'
import type { Spawned } from './spawn.ts'

/** The writable places, each a tmpfs of its own. */
export const WRITABLE = ['work', 'in', 'tmp', 'out', 'dev/shm'] as const

const EVERY_MS = 15

export interface Watch {
  held(): Held | null
  stop(): void
}

/**
 * What the writable places hold together, below the folder `below` of what the process sees; null where the sandbox is gone. The paths
 * are mount points, which nothing inside can move.
 */
export function placesOf(agent: number, below = ''): { readonly files: number; readonly bytes: number } | null {
  let files = 0
  let bytes = 0
  try {
    for (const place of WRITABLE) {
      const facts = statfsSync(`/proc/${agent}/root${below}/${place}`)
      // Each place counts itself as one.
      files += facts.files - facts.ffree - 1
      bytes += (facts.blocks - facts.bfree) * facts.bsize
    }
    return { files, bytes }
  } catch {
    return null
  }
}

/** Looks every few milliseconds at what `excess` says, and kills the sandbox when it names something. */
export function watchBy(spawned: Pick<Spawned, 'agent' | 'ended' | 'kill'>, excess: (agent: number) => Held | null): Watch {
  let held: Held | null = null
  const timer = setInterval(() => {
    const agent = spawned.agent()
    if (agent === null || held !== null) return
    held = excess(agent)
    if (held !== null) spawned.kill()
  }, EVERY_MS)
  void spawned.ended.then(() => clearInterval(timer))
  return { held: () => held, stop: () => clearInterval(timer) }
}

/** Holds the number of files and folders, which no control group counts. */
export function watchFiles(spawned: Spawned, most: number): Watch {
  return watchBy(spawned, (agent) => ((placesOf(agent)?.files ?? 0) > most ? 'files' : null))
}
