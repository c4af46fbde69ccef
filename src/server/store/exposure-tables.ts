// The columns of inventories and of what is owed about them (migration 0011), as Kysely knows them.
export interface ExposureTables {
  inventory: {
    organisation_id: string
    id: string
    version: number
    key_slot: number
    /** Keyed: the name of the asset, so that a new inventory takes the old one's place. */
    asset_digest: Buffer
    /** Name, tags, what was read and what was not, sealed. */
    body: Buffer
    /** The components, packed and sealed under the same key. */
    contents: Buffer
    received_at: number
  }
  obligation: {
    organisation_id: string
    id: string
    version: number
    key_slot: number
    /** Keyed: component, flaw and class of assets. */
    digest: Buffer
    place_digest: Buffer
    /** Keyed, the same for every organisation: the flaw alone. */
    flaw_digest: Buffer
    standing: string
    due_at: number | null
    /** When a deferral ends. */
    until_at: number | null
    open_assets: number
    settled_assets: number
    /** Assets that have it and are held not affected. */
    held_assets: number
    body: Buffer
  }
  /** VEX documents of the organisation's own (migration 0013). */
  exposure_vex: {
    organisation_id: string
    id: string
    version: number
    key_slot: number
    /** Keyed: the document's own id, so that a new edition takes the old one's place. */
    document_digest: Buffer
    /** What people are told of it, sealed. */
    body: Buffer
    /** Its statements, packed and sealed under the same key. */
    contents: Buffer
    received_at: number
  }
  /** Devices at the edge of a network (migration 0012); `own` is what was said of the organisation itself. */
  edge_device: { organisation_id: string; id: string; version: number; key_slot: number; body: Buffer }
  exposure_rule: { organisation_id: string; version: number; key_slot: number; body: Buffer }
  exposure_day: { organisation_id: string; day: string; open: number; settled: number }
  exposure_act: { organisation_id: string; key_digest: Buffer; obligation: string; done_at: number }
  patched_report: {
    organisation_id: string
    flaw_digest: Buffer
    patched: number
    total: number
    reported_at: number
  }
}
