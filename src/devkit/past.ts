import { DAY, formatInstant, instant } from '../core/kernel/instant.ts'
import type { CaseDesk } from '../server/app/cases/case-desk.ts'

/** A clock that the seed of a demo sets: both clocks of a desk show it, so that commands happen when the story says. */
export class Past {
  readonly #now: number
  #at: number

  constructor(now: number) {
    this.#now = now
    this.#at = now
  }

  /** So many days before the real now; never backwards, as no clock of a case goes. A minute passes where it would stand still. */
  ago(days: number): this {
    this.#at = Math.max(this.#now - days * DAY, this.#at === this.#now ? 0 : this.#at + 1000)
    return this
  }

  /** Begins another story: this one may lie before what came last. */
  again(days: number): this {
    this.#at = this.#now - days * DAY
    return this
  }

  /** The instant so many days from the real now, as text. */
  in(days: number): string {
    return formatInstant(instant(this.#now + days * DAY))
  }

  /** A desk whose clocks show this time. */
  on<T extends CaseDesk>(desk: T): T {
    return { ...desk, clock: () => instant(Math.floor(this.#at)), secondClock: async () => this.#at }
  }
}
