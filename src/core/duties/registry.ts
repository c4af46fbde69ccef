import { BOD_DUTIES } from './bod-26-04.ts'
import type { Duty } from './duty.ts'
import { EO_DUTIES } from './eo-14409.ts'

/** Every duty of the order and the directive, in the order of the texts. */
export const PUBLIC_DUTIES: readonly Duty[] = [...EO_DUTIES, ...BOD_DUTIES]

const BY_ID = new Map(PUBLIC_DUTIES.map((duty) => [duty.id, duty]))

/** The duty of that id, for example `eo-14409/2(d)`; null where there is none. */
export function dutyById(id: string): Duty | null {
  return BY_ID.get(id) ?? null
}
