import type { Logger } from 'pino'
import type { CustodyEntry, CustodyEvent } from '../../contract/custody.ts'
import { CustodyGone, type Custody as CustodyPort } from '../app/docket/custody-port.ts'
import { Custody, CustodyUnavailable } from '../custody/custody.ts'
import type { Store } from '../store/connection.ts'
import type { Config } from './config.ts'

/** The first account that is not a person's on any usual system; nothing else runs as it. */
const CUSTODIAN_UID = 64_207

/** The custodian's process, as the commands of dockets know it. */
export function startCustody(
  config: Pick<Config, 'custody' | 'privateEndpoints'>,
  store: Store,
  log: Logger,
): { readonly port: CustodyPort; start(): void; stop(): Promise<void> } {
  const onEntry = new Set<(docket: string, entry: CustodyEntry) => void>()
  const onReady = new Set<() => void | Promise<void>>()
  const hear = async (event: CustodyEvent) => {
    if (event.event === 'entry') for (const listener of onEntry) listener(event.docket, event.entry)
    if (event.event === 'ready') await Promise.all([...onReady].map((listener) => listener()))
  }
  const custody = new Custody({
    folder: config.custody,
    uid: process.getuid?.() === 0 ? CUSTODIAN_UID : null,
    privateEndpoints: config.privateEndpoints,
    databaseNow: async () => {
      const { rows } = await store.pool.query<{ at: number }>('select clock_timestamp() as at')
      return Math.floor(rows[0]!.at)
    },
    log,
    hear,
  })
  const port: CustodyPort = {
    async ask(request) {
      try {
        return await custody.ask(request)
      } catch (error) {
        throw error instanceof CustodyUnavailable ? new CustodyGone(error.message) : error
      }
    },
    onEntry(listener) {
      onEntry.add(listener)
      return () => onEntry.delete(listener)
    },
    onReady(listener) {
      onReady.add(listener)
      return () => onReady.delete(listener)
    },
    get port() {
      return custody.ready?.port ?? null
    },
    get isolation() {
      return custody.ready?.isolation ?? 'process-only'
    },
  }
  return { port, start: () => custody.start(), stop: () => custody.stop() }
}
