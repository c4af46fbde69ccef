import { span, whole } from './figures.ts'

export interface Step {
  readonly word: string
  readonly done: number
  /** What `done` counts, for example `items`. */
  readonly unit: string
  /** 0 to 1; null where nobody knows how much there is. */
  readonly share: number | null
  /** Milliseconds since this began. */
  readonly elapsed: number
}

/** One line about work under way: count, share, rate per second, time left (an estimate from the share so far). */
export function progressText({ word, done, unit, share, elapsed }: Step): string {
  const parts = [`${word.padEnd(9)}  ${whole(done)} ${unit}`]
  if (share !== null && share < 1) parts.push(`${Math.floor(share * 100)} %`)
  if (elapsed >= 500 && done > 0) parts.push(`${whole((done * 1000) / elapsed)}/s`)
  if (elapsed >= 1500 && share !== null && share >= 0.02 && share < 1)
    parts.push(`about ${span((elapsed * (1 - share)) / share)}`)
  return parts.join('   ')
}

/** A bar of `width` cells in plain characters. */
export function bar(share: number, width: number): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * width)
  return '#'.repeat(full) + '.'.repeat(width - full)
}

export interface Screen {
  write(text: string): unknown
  readonly isTTY?: boolean
  readonly columns?: number
}

/** Shows one line of progress: redrawn in place on a terminal ten times a second, else a new line every five seconds. */
export class ProgressLine {
  readonly #screen: Screen
  readonly #now: () => number
  #last: number
  #drawn = false
  constructor(screen: Screen, now: () => number) {
    this.#screen = screen
    this.#now = now
    this.#last = now()
  }

  show(text: () => string): void {
    const terminal = this.#screen.isTTY === true
    const now = this.#now()
    if (now - this.#last < (terminal ? 100 : 5000)) return
    this.#last = now
    // One column less than there are: a full line would wrap, and the next redraw would leave it behind.
    const line = [...text()].slice(0, Math.max(20, (this.#screen.columns ?? 80) - 1)).join('')
    this.#screen.write(terminal ? `\r\u001b[K${line}` : `${line}\n`)
    this.#drawn = terminal
  }

  /** Takes the redrawn line away, so that what follows stands on a line of its own. */
  clear(): void {
    if (this.#drawn) this.#screen.write('\r\u001b[K')
    this.#drawn = false
  }
}
