import { evolveSending, type Sending } from '../../../core/cases/relay/sending.ts'
import { instant } from '../../../core/kernel/instant.ts'
import type { SendingJournal } from '../../relay/journal.ts'
import { inTransaction } from '../../store/connection.ts'
import type { DataKey } from '../../store/keys/key-store.ts'
import { loadRelayRow, updateRelay } from '../../store/relay.ts'
import { openRelay, sealRelay } from './relay-body.ts'
import type { RelayDesk } from './relay-desk.ts'

/** Sendings of one case, each kept with its draft. */
export function relayJournal(desk: RelayDesk, of: string, { key }: DataKey): SendingJournal {
  return {
    load: async (id) => {
      const row = await inTransaction(desk.store, 'all', (tx) => loadRelayRow(tx, of, id))
      if (row === undefined) return { sending: null, version: 0 }
      return { sending: openRelay(key, { case: of, id }, row.body).sending, version: row.version }
    },
    append: async (id, version, event) =>
      await inTransaction(desk.store, 'all', async (tx) => {
        const row = await loadRelayRow(tx, of, id, true)
        if (row === undefined || row.version !== version) return false
        const before = openRelay(key, { case: of, id }, row.body)
        const sending: Sending = evolveSending(before.sending, event)
        const body = sealRelay(key, { case: of, id }, { ...before, sending }, desk.random)
        const handle = sending.state === 'sent' ? sending.handle : row.handle
        return await updateRelay(tx, row, { state: sending.state, handle, body, at: instant(event.at) })
      }),
  }
}
