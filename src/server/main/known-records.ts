import type { Publisher } from '../../core/advisories/publisher.ts'
import { type KnownDesk, knownDesk } from '../app/exposure/known-desk.ts'
import { OwnRecords } from '../app/exposure/known-own.ts'
import type { Ground } from '../ground.ts'
import { sleepUntilDue } from '../jobs/due-sleeper.ts'
import type { Ear } from '../jobs/ear.ts'
import { every } from '../jobs/timer.ts'
import { KNOWN_CHANGED } from '../store/known-intake.ts'

/**
 * Other people's records are read in the background, then followed: what any process takes in, this one knows a moment later. Own
 * advisories are put among them as they are published.
 */
export function startKnownRecords(
  ground: Ground,
  publisher: Publisher,
  ear: Ear,
  tell: (what: string) => (error: unknown) => void,
): { readonly desk: KnownDesk; stop(): Promise<void> } {
  const desk = knownDesk(ground, tell('what follows from a changed record could not be worked out'))
  const due = {
    channel: KNOWN_CHANGED,
    clock: desk.clock,
    next: async () => ((await desk.follower.isBehind()) ? 0 : null),
    work: async () => {
      await desk.follower.follow()
      return 1
    },
  }
  const following = sleepUntilDue(ear, due, tell('records of other databases could not be read'))
  const own = new OwnRecords(desk, publisher)
  const publishing = every(2, () => own.follow(), tell('own advisories could not be put among the records'))
  void following.now()
  return {
    desk,
    async stop() {
      await Promise.all([following.stop(), publishing.stop()])
    },
  }
}
