import { createHash } from 'node:crypto'
import type { CustodyEvent } from '../../contract/custody.ts'
import { type Anchored, type ClockReading, isFresh } from '../../core/docket/custody-clock.ts'
import type { Disk } from './disk.ts'
import type { ShutList } from './shut-list.ts'

/** The machine's clocks, whole milliseconds; `boot` names the run of the machine that the steady clock belongs to. */
export interface Clocks {
  read(): ClockReading
  readonly boot: string
}

/** The database's clock as it was last told; one for the whole process. */
export class ToldClock {
  #told: Anchored | null = null

  get last(): Anchored | null {
    return this.#told
  }

  tell(database: number, reading: ClockReading): void {
    this.#told = { at: database, mono: reading.mono }
  }

  isFresh(reading: ClockReading, staleMs: number): boolean {
    return isFresh(reading, this.#told, staleMs)
  }
}

/** What every docket stands on; all that is not pure comes in by here. */
export interface Ground {
  readonly disk: Disk
  readonly clocks: Clocks
  readonly told: ToldClock
  readonly random: (length: number) => Uint8Array
  readonly shut: ShutList
  /** Does a piece of work a little later, so that entries of calls that end at the same time reach the disk together. */
  readonly gather: (work: () => void) => void
  readonly tell: (event: CustodyEvent) => void
}

export function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest()
}

export function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
