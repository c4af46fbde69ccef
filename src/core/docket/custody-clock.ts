// Which clock decides whether a window is over. The safe side is the later one: a window may close early, never late.

/** What the machine's own clocks say, whole milliseconds. `mono` never runs backward, whatever is done to `host`. */
export interface ClockReading {
  readonly host: number
  readonly mono: number
}

/** An instant of some clock, and where the steady clock stood then, so that it goes on counting by itself. */
export interface Anchored {
  readonly at: number
  readonly mono: number
}

/** An anchored instant as it reached the disk; `boot` names the run of the machine whose steady clock it was. */
export interface Mark extends Anchored {
  readonly boot: string
}

const FAR = 8_000_000_000_000_000

/** Whether a number can be an instant in epoch milliseconds at all. */
export function isInstant(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= FAR
}

/**
 * The deciding instant, epoch milliseconds: the latest of the host's clock, of the database's clock as last told plus the time
 * since, and of the highest instant ever decided plus the time since.
 */
export function decidingNow(reading: ClockReading, told: Anchored | null, highest: Anchored | null): number {
  return Math.max(reading.host, goneOn(told, reading), goneOn(highest, reading))
}

/** Whether the database's clock was told lately enough, `staleMs`, for a call to pass. */
export function isFresh(reading: ClockReading, told: Anchored | null, staleMs: number): boolean {
  return told !== null && reading.mono >= told.mono && reading.mono - told.mono <= staleMs
}

/** A mark read back from disk: in the same run of the machine it has gone on counting, else it stands where it stood. */
export function restoreMark(mark: Mark, boot: string, reading: ClockReading): Anchored {
  const same = mark.boot === boot && mark.mono <= reading.mono
  return { at: mark.at, mono: same ? mark.mono : reading.mono }
}

function goneOn(from: Anchored | null, reading: ClockReading): number {
  return from === null ? 0 : from.at + Math.max(0, reading.mono - from.mono)
}
