/** Runs `work` every `seconds`, never two at once; an error is told and the next turn comes all the same. */
export function every(
  seconds: number,
  work: () => Promise<unknown>,
  onError: (error: unknown) => void,
): { stop(): Promise<void>; now(): Promise<void> } {
  let running: Promise<void> | null = null
  let stopped = false
  const turn = async () => {
    if (running !== null) return await running
    running = (async () => {
      try {
        if (!stopped) await work()
      } catch (error) {
        onError(error)
      } finally {
        running = null
      }
    })()
    await running
  }
  const timer = setInterval(turn, seconds * 1000)
  timer.unref()
  return {
    async stop() {
      stopped = true
      clearInterval(timer)
      await running
    },
    now: turn,
  }
}
