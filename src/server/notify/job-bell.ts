/** Wakes those who wait for a job in this process. Others learn of it when they look again. */
export class JobBell {
  readonly #waiting = new Set<() => void>()

  ring(): void {
    for (const wake of [...this.#waiting]) wake()
  }

  /** Resolves at the next ring, after `ms`, or when `gone` is aborted. */
  wait(ms: number, gone: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer)
        this.#waiting.delete(wake)
        gone.removeEventListener('abort', wake)
        resolve()
      }
      const timer = setTimeout(wake, ms)
      this.#waiting.add(wake)
      gone.addEventListener('abort', wake)
      if (gone.aborted) wake()
    })
  }
}
