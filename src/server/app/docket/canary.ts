import { createHmac } from 'node:crypto'
import { COMPARTMENTS, type Compartment } from '../../../core/docket/compartment.ts'
import { newId } from '../../../core/kernel/id.ts'
import { at, type Tx } from '../../store/connection.ts'
import type { DataKey } from '../../store/keys/key-store.ts'
import { keyedMac } from '../../store/keys/mac.ts'
import { seal, sealJson } from '../../store/keys/seal.ts'
import type { DocketDesk } from './docket-desk.ts'

// Every docket gets, at its opening, one paper with a marker in each compartment, that nobody may read. A closing looks for them
// in everything the system wrote. They are made from a secret of the key store and the docket's id, so that the search knows them
// and nothing keeps them.

const HEAD = 'weir-canary-'

/** The text that stands in all of a docket's markers and nowhere else. */
export function canaryOf(desk: Pick<DocketDesk, 'keys'>, docket: string): string {
  return HEAD + createHmac('sha256', desk.keys.secret('canary')).update(docket).digest('hex').slice(0, 32)
}

interface Holder {
  readonly row: { readonly id: string }
  readonly now: number
  readonly key: (compartment: Compartment) => DataKey | null
}

/** Seals a marker into each compartment. */
export async function plantCanaries(desk: DocketDesk, tx: Tx, { row, now, key }: Holder): Promise<void> {
  const canary = canaryOf(desk, row.id)
  for (const compartment of COMPARTMENTS) {
    const own = key(compartment)
    if (own === null) continue
    const id = newId('document', desk.random)
    const text = Buffer.from(`${canary}-${compartment}`)
    const place = `docket/${row.id}/paper/${id}`
    await tx.db
      .insertInto('docket_paper')
      .values({
        docket_id: row.id,
        id,
        // No kind of thing that any seat reads.
        object: 'canary',
        compartment,
        key_slot: own.slot,
        about: sealJson(own.key, { title: canary, digest: '', of: null }, `${place}/about`, desk.random),
        body: seal(own.key, text, `${place}/body`, desk.random),
        blob: null,
        bytes: text.length,
        digest: Buffer.from(keyedMac(desk.keys.secret('docket'), 'paper')(text)),
        person_id: null,
        at: at(now) as never,
      })
      .execute()
  }
}
