import { parentPort, workerData } from 'node:worker_threads'
import type { Profile } from '../../core/evaluation/horizon/profile.ts'
import { type Resampling, resampleSlice } from '../../core/evaluation/resample/slice.ts'
import type { Panel } from '../../core/evaluation/table/panel.ts'

/** What one worker resamples; plain data both ways. */
export interface SliceWork {
  readonly panel: Panel
  readonly profile: Profile
  readonly resampling: Resampling
  readonly from: number
  readonly to: number
}

const { panel, profile, resampling, from, to } = workerData as SliceWork
// In pieces, so that whoever waits sees that it goes on.
const PIECE = 250
for (let at = from; at < to; at += PIECE)
  parentPort?.postMessage(resampleSlice(panel, profile, resampling, at, Math.min(to, at + PIECE)))
