import type { ExposureDesk } from '../app/exposure/exposure-desk.ts'
import { openExposureDesk } from '../app/exposure/inventory-follow.ts'
import type { KnownDesk } from '../app/exposure/known-desk.ts'
import { sweepDeferrals } from '../app/exposure/obligation-sweep.ts'
import type { Ear } from '../jobs/ear.ts'
import { every } from '../jobs/timer.ts'
import type { Hub } from '../notify/hub.ts'
import { INVENTORIES_CHANGED } from '../store/inventory.ts'
import { OWED_CHANGED } from '../store/owed-news.ts'

/**
 * What operators run and owe follows the database: at every NOTIFY, and every ten seconds where none is heard; deferrals end by it. Open
 * pages of an organisation hear that something of it changed, whichever process changed it, and not what.
 */
export function startExposure(
  known: KnownDesk,
  ear: Ear,
  hub: Pick<Hub, 'publish'>,
  tell: (what: string) => (error: unknown) => void,
): { readonly desk: ExposureDesk; stop(): Promise<void> } {
  const onError = tell('what operators owe could not be brought up to date')
  const { desk, stop } = openExposureDesk(known, known.book, onError)
  const wake = () => void desk.follow().catch(onError)
  const say = (organisation: string | null) => {
    if (organisation !== null) hub.publish({ name: 'exposure', organisation, body: {} })
  }
  const turn = async () => {
    await ear.hear(OWED_CHANGED, say)
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
      ear.forget(OWED_CHANGED, say)
      await following.stop()
      await stop()
    },
  }
}
