import { type DutyView, viewDuty } from '../../../core/duties/duty-view.ts'
import { openTrack } from '../../../core/duties/evolve-track.ts'
import { PUBLIC_DUTIES } from '../../../core/duties/registry.ts'
import type { Track } from '../../../core/duties/track.ts'
import type { Instant } from '../../../core/kernel/instant.ts'
import type { Tx } from '../../store/connection.ts'
import { allTracks } from '../../store/duty.ts'

/** Every public duty with what has been said of it; what was said of one that is no longer listed stays in the ledger only. */
export async function publicViews(tx: Tx, now: Instant): Promise<readonly DutyView[]> {
  const tracks = new Map((await allTracks(tx)).map(({ duty, track }) => [duty, track as Track]))
  return PUBLIC_DUTIES.map((duty) => viewDuty(duty, tracks.get(duty.id) ?? openTrack(duty.id), now))
}
