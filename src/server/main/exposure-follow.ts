import type { ExposureDesk } from '../app/exposure/exposure-desk.ts'
import { openExposureDesk } from '../app/exposure/inventory-follow.ts'
import type { KnownDesk } from '../app/exposure/known-desk.ts'
import { sweepDeferrals } from '../app/exposure/obligation-sweep.ts'
import type { Ear } from '../jobs/ear.ts'
import { every } from '../jobs/timer.ts'
import { INVENTORIES_CHANGED } from '../store/inventory.ts'

/** What operators run and owe follows the database: at every NOTIFY, and every ten seconds where none is heard; deferrals end by it. */
export function startExposure(
  known: KnownDesk,
  ear: Ear,
  tell: (what: string) => (error: unknown) => void,
): { readonly desk: ExposureDesk; stop(): Promise<void> } {
  const onError = tell('what operators owe could not be brought up to date')
  const { desk, stop } = openExposureDesk(known, known.book, onError)
  const wake = () => void desk.follow().catch(onError)
  const turn = async () => {
    await ear.hear(INVENTORIES_CHANGED, wake)
    await desk.follow()
    await sweepDeferrals(desk)
  }
  const following = every(10, turn, onError)
  void following.now()
  return {
    desk,
    async stop() {
      ear.forget(INVENTORIES_CHANGED, wake)
      await following.stop()
      await stop()
    },
  }
}
