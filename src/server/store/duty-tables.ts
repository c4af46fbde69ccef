// The columns of what is said of duties, and of organisations' own (migration 0009), as Kysely knows them.
export interface DutyTables {
  duty_track: {
    duty: string
    version: number
    /** A `Track` of core/duties as JSON: it is public. */
    track: unknown
    changed_at: number
  }
  duty_entry: {
    id: string
    duty: string
    version: number
    statement: unknown
    interval_index: number
    position: number
    commitment: Buffer
  }
  own_duty: {
    organisation_id: string
    id: string
    version: number
    key_slot: number
    /** Keyed: the id that the organisation gave it, so that it gives it once. */
    name_digest: Buffer
    /** The duty and what was said of it, sealed. */
    body: Buffer
    made_at: number
  }
}
