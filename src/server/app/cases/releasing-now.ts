import { type Instant, instant, SECOND } from '../../../core/kernel/instant.ts'
import type { Tx } from '../../store/connection.ts'
import type { CaseDesk } from './case-desk.ts'

/** Clocks further apart than this: one of them is wrong, and nobody knows which. */
const APART = 2 * SECOND

export interface TwoClocks {
  /** The earlier of both. */
  readonly now: Instant
  readonly agree: boolean
}

/** The host's clock and the database's, read once. */
export async function readClocks(desk: Pick<CaseDesk, 'clock' | 'secondClock'>, tx: Tx): Promise<TwoClocks> {
  const [here, there] = [desk.clock(), Math.floor(await desk.secondClock(tx))]
  return { now: instant(Math.min(here, there)), agree: Math.abs(here - there) <= APART }
}

/**
 * The instant by which ends of secrecy and releases are judged: the earlier of host and database, so that nothing goes out early;
 * null while they differ by more than 2 s, when nothing goes out at all.
 */
export async function releasingNow(desk: Pick<CaseDesk, 'clock' | 'secondClock'>, tx: Tx): Promise<Instant | null> {
  const { now, agree } = await readClocks(desk, tx)
  return agree ? now : null
}
