const EVERY_MS = 5000
/** An answer that took longer says too little about now. */
const SLOWEST_MS = 2000

/**
 * Asks for the database's clock every five seconds and tells it on; `now` asks at once. What the question took is added: an
 * access window ends by the later truth, so the instant told is never before the database's own.
 */
export function tellClock(
  databaseNow: () => Promise<number>,
  tell: (database: number) => void,
): { readonly now: () => void; readonly stop: () => void } {
  let isAsking = false
  let isStopped = false
  const ask = async () => {
    if (isAsking || isStopped) return
    isAsking = true
    const from = performance.now()
    try {
      const database = await databaseNow()
      const took = performance.now() - from
      if (!isStopped && took <= SLOWEST_MS) tell(Math.ceil(database + took))
    } catch {
      // No news: the custodian lets nothing pass once that has lasted.
    } finally {
      isAsking = false
    }
  }
  const timer = setInterval(() => void ask(), EVERY_MS)
  timer.unref()
  return {
    now: () => void ask(),
    stop: () => {
      isStopped = true
      clearInterval(timer)
    },
  }
}
