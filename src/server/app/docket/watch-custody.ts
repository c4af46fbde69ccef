import type { DocketDesk } from './docket-desk.ts'
import { takeCustodyLog } from './take-custody-log.ts'
import { tellAll } from './tell-custody.ts'

const GATHER_MS = 1000
const AGAIN_MS = 1000
/** So often is a docket tried that cannot be told; one that nobody can read must not keep the others from their calls. */
const TRIES = 5

/**
 * Follows the custodian: what it writes down is taken over a moment later, many entries at once, and each time it has begun anew
 * it is told of all dockets before anything else. Returns how to stop.
 */
export function watchCustody(desk: DocketDesk, onError: (error: unknown) => void): { stop(): Promise<void> } {
  const waiting = new Set<string>()
  let working: Promise<void> | null = null
  let timer: NodeJS.Timeout | null = null
  let stopped = false
  const work = async () => {
    for (const id of [...waiting]) {
      waiting.delete(id)
      await takeCustodyLog(desk, id).catch(onError)
    }
  }
  const soon = () => {
    if (stopped || timer !== null || working !== null) return
    timer = setTimeout(() => {
      timer = null
      working = work().finally(() => {
        working = null
        if (waiting.size > 0) soon()
      })
    }, GATHER_MS)
    timer.unref()
  }
  const entries = desk.custody.onEntry((docket) => {
    waiting.add(docket)
    soon()
  })
  const ready = desk.custody.onReady(async () => {
    for (let tries = 1; !stopped; tries++) {
      const failed = await tellAll(desk).catch((error: unknown) => {
        onError(error)
        return null
      })
      for (const error of failed ?? []) onError(error)
      if (failed !== null && (failed.length === 0 || tries >= TRIES)) return
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
    }
  })
  return {
    async stop() {
      stopped = true
      entries()
      ready()
      if (timer !== null) clearTimeout(timer)
      await working
    },
  }
}
