import { type CveSchema, loadCveSchema } from '../../relay/cve/schema.ts'
import type { Exchanged, Outgoing } from '../../relay/exchange.ts'
import { exchange } from '../../relay/exchange.ts'
import type { RelaySettings } from '../../relay/settings.ts'
import type { AdvisoryDesk } from '../advisories/advisory-desk.ts'

/** What relays and CVE ids stand on beside the advisories. */
export interface RelayDesk extends AdvisoryDesk {
  readonly settings: RelaySettings
  readonly exchange: (outgoing: Outgoing) => Promise<Exchanged>
  /** Read at first use; rejects where the schemas are missing. */
  readonly schema: () => Promise<CveSchema>
}

const THIRD_PARTY = new URL('../../../../third-party/', import.meta.url)

/** The desk with the clients that a configuration opens. */
export function relayDesk(advisory: AdvisoryDesk, { relay }: { readonly relay: RelaySettings }): RelayDesk {
  let loaded: Promise<CveSchema> | null = null
  return {
    ...advisory,
    settings: relay,
    exchange: (outgoing) => exchange(outgoing),
    schema: () => {
      loaded ??= loadCveSchema(THIRD_PARTY)
      return loaded
    },
  }
}
