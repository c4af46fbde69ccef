import type { Ear } from './ear.ts'

/** How often the clock is looked at; the records are not, until something is due or somebody wakes. */
const LOOK_MS = 250
/** How often the records are looked at where nobody can be heard. */
const UNHEARD_MS = 1000

export interface DueWork {
  /** Where NOTIFY says that the next due instant changed. */
  readonly channel: string
  readonly clock: () => number
  /** The next due instant, epoch milliseconds; null: none. */
  next(): Promise<number | null>
  /** Works on what is due; how much there was. */
  work(): Promise<number>
}

/**
 * Sleeps until the next due instant and works then; woken by NOTIFY when it changes. A clock that jumps is noticed within a quarter
 * of a second, for the sleep is short looks at it. An error is told and the work comes again a second later.
 */
export function sleepUntilDue(
  ear: Ear,
  { channel, clock, next, work }: DueWork,
  onError: (error: unknown) => void,
): { stop(): Promise<void>; now(): Promise<void> } {
  let due: number | null = null
  let asleep = false
  let again = 0
  let stopped = false
  let running: Promise<void> | null = null
  const wake = () => {
    asleep = false
  }

  const turn = async () => {
    let heard = true
    try {
      await ear.hear(channel, wake)
    } catch (error) {
      heard = false
      onError(error)
    }
    try {
      // Awake before the question: a change while it is asked wakes again.
      asleep = true
      due = await next()
      if (due !== null && due <= clock()) {
        const worked = await work()
        const left = await next()
        // The same one still: it could not be worked on yet, and a second later is soon enough.
        again = worked === 0 || (left !== null && left <= due) ? performance.now() + UNHEARD_MS : 0
        due = left
      }
    } catch (error) {
      asleep = false
      again = performance.now() + UNHEARD_MS
      onError(error)
    }
    if (!heard || !ear.isOpen) {
      asleep = false
      again = performance.now() + UNHEARD_MS
    }
  }
  const look = async (): Promise<void> => {
    if (running !== null) return await running
    if (stopped || performance.now() < again || (asleep && (due === null || due > clock()))) return
    running = turn().finally(() => {
      running = null
    })
    await running
  }
  const timer = setInterval(look, LOOK_MS)
  timer.unref()
  return {
    async stop() {
      stopped = true
      clearInterval(timer)
      await running
      ear.forget(channel, wake)
    },
    async now() {
      await running
      asleep = false
      again = 0
      await look()
    },
  }
}
