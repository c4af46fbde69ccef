import { done } from '../answer.ts'
import { tellDocket } from '../docket/command-docket.ts'
import type { MeasurementDesk } from './measurement-desk.ts'

/** Tells the docket that somebody saw results beside the model's name: a plan laid later needs a reason. Only the first counts. */
export async function unblind(desk: MeasurementDesk, docket: string): Promise<void> {
  await tellDocket(desk, docket, () => done({ command: { do: 'unblinded' } }))
}
