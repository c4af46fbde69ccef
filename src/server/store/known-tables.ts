import type { Generated } from 'kysely'

// The columns of what other people's databases say (migration 0010), as Kysely knows them. All of it is public.
export interface KnownTables {
  known_item: {
    /** What the body is: `record`, `kev`, `epss`, `ssvc`, `vex`. */
    kind: string
    source: string
    id: string
    /** Of the import that changed it last. */
    version: number
    /** Of the body as it is before packing; empty where there is none. */
    digest: Buffer
    /** As the source states it. */
    modified: number | null
    /** By which file it came. */
    feed: string
    /** JSON, packed where it is long; null: its source lists it no longer. */
    body: Buffer | null
  }
  known_import: {
    feed: string
    digest: Buffer
    kind: string | null
    whole: boolean
    version: number
    person_id: string | null
    taken_at: number
    newest: number | null
    counts: unknown
    set_aside: unknown
  }
  known_catalogue: { kind: string; feed: string; label: string | null; as_of: number | null; taken_at: number }
  known_clock: { one: Generated<boolean>; version: number }
}
