import type { Generated } from 'kysely'

// The columns of claims, opt-outs, routes, requests and certificates (migration 0005), as Kysely knows them.
export interface ScanTables {
  scan_claim: ScanClaimTable
  scan_overlap: {
    claim_id: string
    other_id: string
    /** Whose claim the first one is: who is told. */
    organisation_id: string
    other_organisation: string
    /** The opaque contact that is told. */
    contact: string
    at: number
  }
  scan_day: {
    organisation_id: string
    day: string
    claims: Generated<number>
    overlapped: Generated<number>
    certificates: Generated<number>
  }
  opt_out: ScanNoticeTable
  scan_route: ScanNoticeTable
  scan_request: {
    id: string
    version: number
    name: string
    body: unknown
    entered_at: number
    taken_until: number | null
    closed_at: number | null
  }
  certificate: CertificateTable
  scan_entry: {
    id: string
    thing: string
    version: number
    statement: unknown
    interval_index: number
    position: number
    commitment: Buffer
  }
}

export interface ScanClaimTable {
  id: string
  version: number
  /** Grows with every change of any claim; given out under the lock `claims`. */
  seq: number
  organisation_id: string
  person_id: string | null
  state: 'active' | 'released' | 'lapsed'
  key_slot: number
  /** Target, reach and consent as JSON, sealed. */
  body: Buffer
  /** Keyed: the place, for the rest after it was held long. */
  place_key: Buffer
  /** Keyed: the sender's own key of the request, so that it can be sent twice. */
  key_digest: Buffer | null
  whole: boolean
  made_at: number
  ends_at: number
  ended_at: number | null
  renewals: Generated<number>
  request_id: string | null
}

export interface ScanNoticeTable {
  id: string
  version: number
  name: string
  /** The whole opt-out or route as JSON: it is public. */
  body: unknown
  entered_at: number
  ended_at: number | null
}

export interface CertificateTable {
  id: string
  organisation_id: string
  /** Whether the statement names the organisation. */
  named: boolean
  name: string
  family: string | null
  envelope: unknown
  /** 32 bytes, Ed25519. */
  public_key: Buffer
  digest: Buffer
  finished_at: number
  at: number
}
