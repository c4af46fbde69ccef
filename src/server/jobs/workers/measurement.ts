import type { MeasurementDesk } from '../../app/measurement/measurement-desk.ts'
import { RunSetWork } from '../../app/measurement/run-set-work.ts'
import { every } from '../timer.ts'

const EVERY_SECONDS = 1

/** Works on run sets of this server: starts what waits, goes on with what a crash cut off, stops what was asked to stop. */
export function measurementWorker(desk: MeasurementDesk, onError: (error: unknown) => void): { stop(): Promise<void> } {
  const work = new RunSetWork(desk, onError)
  const turning = every(EVERY_SECONDS, () => work.turn(), onError)
  return {
    async stop() {
      await turning.stop()
      await work.stop()
    },
  }
}
