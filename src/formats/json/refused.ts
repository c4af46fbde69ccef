import type { ItemRefusal } from '../../core/findings/refusal.ts'
import type { ReportReader } from '../format.ts'

/** A reader that answers one refusal for the whole report, at its end. */
export function refusedReader(refusal: ItemRefusal): ReportReader {
  return { push: () => [], end: () => [{ ok: false, at: refusal.where, raw: new Uint8Array(0), refusal }] }
}
