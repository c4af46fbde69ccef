import type { Compartment } from '../../../core/docket/compartment.ts'
import type { DataKey, KeyStore } from '../../store/keys/key-store.ts'
import type { DocketTable } from '../../store/tables.ts'

type Slots = Pick<DocketTable, 'key_d' | 'key_b' | 'key_r' | 'key_j' | 'key_p'>

const COLUMN = { D: 'key_d', B: 'key_b', R: 'key_r', J: 'key_j', P: 'key_p' } as const satisfies Record<
  Compartment,
  keyof Slots
>

/** The slots of a docket's five keys. */
export function slotsOf(row: Slots): readonly number[] {
  return Object.values(COLUMN).map((column) => row[column])
}

/** The key of one compartment; null once it is destroyed. */
export function keyOf(keys: KeyStore, row: Slots, compartment: Compartment): DataKey | null {
  const slot = row[COLUMN[compartment]]
  const [key] = keys.get([slot])
  return key ? { slot, key } : null
}

/** Five fresh keys, as the columns of a new docket and by compartment. */
export async function freshKeys(keys: KeyStore): Promise<{ slots: Slots; of: Readonly<Record<Compartment, DataKey>> }> {
  const [D, B, R, J, P] = await keys.allocate(5)
  if (!D || !B || !R || !J || !P) throw new Error('the key store gave fewer keys than asked')
  const slots = { key_d: D.slot, key_b: B.slot, key_r: R.slot, key_j: J.slot, key_p: P.slot }
  return { slots, of: { D, B, R, J, P } }
}
