import type { PoolClient } from 'pg'
import type { Store } from './connection.ts'
import { copyInto, type Layout } from './copy.ts'

/** One thing that a file says, as it is kept. */
export interface KnownRow {
  readonly kind: string
  readonly source: string
  readonly id: string
  readonly digest: Buffer
  readonly modified: number | null
  readonly body: Buffer
}

/** What the end of an import needs to know beside its rows. */
export interface KnownEnd {
  readonly feed: string
  readonly digest: Buffer
  readonly kind: string | null
  readonly whole: boolean
  readonly person: string | null
  readonly now: number
  readonly newest: number | null
  readonly counts: (changed: KnownCounts) => object
  readonly setAside: readonly object[]
  /** A catalogue has one edition at a time: an older one than stands changes nothing. */
  readonly catalogue: { readonly kind: string; readonly label: string | null; readonly asOf: number | null } | null
  /** What is no longer listed goes: of the catalogue, or of what came by this feed. Ids that are spared were set aside. */
  readonly remove: { readonly spared: readonly string[] } | null
}

export interface KnownCounts {
  readonly fresh: number
  readonly changed: number
  readonly older: number
  readonly removed: number
  /** The edition that stands is newer: nothing was taken. */
  readonly outdated: boolean
  /** Of everything, after this import. */
  readonly version: number
}

/** Who listens here reads what is newer than what it has. */
export const KNOWN_CHANGED = 'weir_known'

const STAGE = `create temp table stage_known (
  n int4, kind text, source text, id text, digest bytea, modified timestamptz, body bytea)`

// A table that grew by a million rows since its statistics were taken is planned as if it were small: look-ups go by their key.
const BY_KEY = 'set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off'
const FREELY = 'reset enable_seqscan; reset enable_hashjoin; reset enable_mergejoin'

interface Staged extends Omit<KnownRow, 'body'> {
  readonly n: number
  /** Null: as it is held already. */
  readonly body: Buffer | null
}

const LAYOUT: Layout<Staged> = {
  n: 'int4',
  kind: 'text',
  source: 'text',
  id: 'text',
  digest: 'bytea',
  modified: 'timestamptz',
  body: 'bytea',
}

/**
 * One import under way. Rows gather in a table of its own connection, which ends with it; `end` puts all of them in at once, or
 * nothing. Whoever dies before leaves nothing behind.
 */
export class KnownIntake {
  readonly #client: PoolClient
  readonly #keepSeen: boolean
  #n = 0

  private constructor(client: PoolClient, keepSeen: boolean) {
    this.#client = client
    this.#keepSeen = keepSeen
  }

  /** `keepSeen`: what is held already is noted too, so that `end` can tell what a whole file no longer lists. */
  static async open(store: Store, keepSeen: boolean): Promise<KnownIntake> {
    const client = await store.pool.connect()
    try {
      await client.query(`drop table if exists stage_known; ${STAGE}; ${BY_KEY}`)
      return new KnownIntake(client, keepSeen)
    } catch (error) {
      client.release(error as Error)
      throw error
    }
  }

  /** Gathers rows; of what is held as it is already only the name. */
  async add(rows: readonly KnownRow[]): Promise<void> {
    if (rows.length === 0) return
    const held = await this.#held(rows)
    const staged: Staged[] = []
    for (const row of rows) {
      const same = held.get(nameOf(row))?.equals(row.digest) === true
      if (!same || this.#keepSeen) staged.push({ ...row, n: this.#n++, body: same ? null : row.body })
    }
    if (staged.length > 0) await copyInto(this.#client, 'stage_known', Object.entries(LAYOUT) as never, staged)
  }

  /** Puts everything in, in one transaction. */
  async end(end: KnownEnd): Promise<KnownCounts> {
    const client = this.#client
    await client.query('begin')
    try {
      const counts = await this.#merge(end)
      await client.query('commit')
      return counts
    } catch (error) {
      await client.query('rollback').catch(() => {})
      throw error
    }
  }

  async close(): Promise<void> {
    const lost = await this.#client.query(`drop table if exists stage_known; ${FREELY}`).then(
      () => undefined,
      (error: Error) => error,
    )
    this.#client.release(lost)
  }

  async #held(rows: readonly KnownRow[]): Promise<Map<string, Buffer>> {
    const list = (name: 'kind' | 'source' | 'id') => rows.map((row) => row[name])
    const { rows: found } = await this.#client.query<Pick<KnownRow, 'kind' | 'source' | 'id' | 'digest'>>(
      `select kind, source, id, digest from known_item
       where (kind, source, id) in (select * from unnest($1::text[], $2::text[], $3::text[])) and body is not null`,
      [list('kind'), list('source'), list('id')],
    )
    return new Map(found.map((row) => [nameOf(row), row.digest]))
  }

  async #merge(end: KnownEnd): Promise<KnownCounts> {
    const client = this.#client
    await client.query('analyze stage_known')
    const { rows: clock } = await client.query<{ version: number }>('select version from known_clock for update')
    const held = clock[0]!.version
    if (end.catalogue !== null && (await this.#isOutdated(end.catalogue))) {
      const { rows } = await client.query<{ n: number }>('select count(distinct (kind, source, id)) as n from stage_known')
      return { fresh: 0, changed: 0, older: rows[0]!.n, removed: 0, outdated: true, version: held }
    }
    const version = held + 1
    const put = await this.#put(version, end.feed)
    const removed = end.remove === null ? 0 : await this.#remove(version, end, end.remove.spared)
    // An edition that says the same is newer all the same.
    const isChanged = put.fresh + put.changed + removed > 0 || end.catalogue !== null
    const counts = { ...put, removed, outdated: false, version: isChanged ? version : held }
    if (isChanged) await client.query('update known_clock set version = $1', [version])
    await this.#note(end, counts)
    if (isChanged) await client.query(`notify ${KNOWN_CHANGED}`)
    return counts
  }

  async #isOutdated({ kind, asOf }: NonNullable<KnownEnd['catalogue']>): Promise<boolean> {
    if (asOf === null) return false
    const { rows } = await this.#client.query<{ as_of: number | null }>('select as_of from known_catalogue where kind = $1', [
      kind,
    ])
    return (rows[0]?.as_of ?? Number.NEGATIVE_INFINITY) > asOf
  }

  /** Of several of one name in a file the newest counts, and of those the last; an older one than is held does not, unless that is gone. */
  async #put(version: number, feed: string): Promise<Pick<KnownCounts, 'fresh' | 'changed' | 'older'>> {
    const { rows } = await this.#client.query<{ fresh: number; changed: number; older: number }>(
      `with pick as materialized (
         select distinct on (kind, source, id) * from stage_known where body is not null
         order by kind, source, id, modified desc nulls last, n desc),
       older as (
         select count(*) as n from pick p join known_item k using (kind, source, id) where p.modified < k.modified and k.body is not null),
       told as (
         insert into known_item as k (kind, source, id, version, digest, modified, feed, body)
         select kind, source, id, $1::bigint, digest, modified, $2, body from pick
         on conflict (kind, source, id) do update set version = excluded.version, digest = excluded.digest,
           modified = excluded.modified, feed = excluded.feed, body = excluded.body
           where k.digest <> excluded.digest and not (k.body is not null and coalesce(excluded.modified < k.modified, false))
         returning (xmax = 0) as fresh)
       select count(*) filter (where fresh) as fresh, count(*) filter (where not fresh) as changed,
         (select n from older) as older from told`,
      [version, feed],
    )
    return rows[0]!
  }

  async #remove(version: number, { catalogue, feed }: KnownEnd, spared: readonly string[]): Promise<number> {
    const [column, value] = catalogue === null ? ['feed', feed] : ['kind', catalogue.kind]
    await this.#client.query(FREELY)
    const { rowCount } = await this.#client.query(
      `update known_item k set body = null, digest = '', version = $1
       where k.${column} = $2 and k.body is not null and k.id <> all($3::text[]) and not exists (
         select from stage_known s where s.kind = k.kind and s.source = k.source and s.id = k.id)`,
      [version, value, spared],
    )
    return rowCount ?? 0
  }

  async #note(end: KnownEnd, counts: KnownCounts): Promise<void> {
    const when = (name: string) => `to_timestamp(${name}::double precision / 1000)`
    await this.#client.query(
      `insert into known_import (feed, digest, kind, whole, version, person_id, taken_at, newest, counts, set_aside)
       values ($1, $2, $3, $4, $5, $6, ${when('$7')}, ${when('$8')}, $9, $10)
       on conflict (feed) do update set digest = excluded.digest, kind = excluded.kind, whole = excluded.whole,
         version = excluded.version, person_id = excluded.person_id, taken_at = excluded.taken_at, newest = excluded.newest,
         counts = excluded.counts, set_aside = excluded.set_aside`,
      [
        end.feed,
        end.digest,
        end.kind,
        end.whole,
        counts.version,
        end.person,
        end.now,
        end.newest,
        JSON.stringify(end.counts(counts)),
        JSON.stringify(end.setAside),
      ],
    )
    if (end.catalogue === null) return
    const { kind, label, asOf } = end.catalogue
    await this.#client.query(
      `insert into known_catalogue (kind, feed, label, as_of, taken_at) values ($1, $2, $3, ${when('$4')}, ${when('$5')})
       on conflict (kind) do update set feed = excluded.feed, label = excluded.label, as_of = excluded.as_of,
         taken_at = excluded.taken_at`,
      [kind, end.feed, label, asOf, end.now],
    )
  }
}

function nameOf({ kind, source, id }: Pick<KnownRow, 'kind' | 'source' | 'id'>): string {
  return `${kind}\u0000${source}\u0000${id}`
}
