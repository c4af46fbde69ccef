import { sql } from 'kysely'
import type { Holder } from '../../../core/findings/cluster/holder.ts'
import type { KeyedFingerprint } from '../../../core/findings/fingerprint.ts'
import type { Id } from '../../../core/kernel/id.ts'
import type { Instant } from '../../../core/kernel/instant.ts'
import type { Tx } from '../../store/connection.ts'
import { unpackKeys } from '../findings/sealing.ts'

/** A finding that waits to be grouped, without its body. */
export interface Waiting {
  readonly id: Id<'finding'>
  readonly targetKey: Buffer
  readonly organisation: Id<'organisation'>
  readonly report: string
  readonly receivedAt: Instant
  readonly slot: number
  readonly sealedFeatures: Buffer
  readonly keys: readonly KeyedFingerprint[]
  readonly state: string
}

/** Where the features of a finding lie sealed. */
export interface SealedFeatures {
  readonly slot: number
  readonly features: Buffer
}

/** What is held already: holders by digest (hex), and the target under which each candidate's holder is stored. */
export interface Held {
  readonly known: Map<string, Holder[]>
  readonly targets: Map<string, Buffer>
}

/** Takes the next findings off the queue; they are off it for good when the transaction commits. */
export async function takeWaiting(tx: Tx, most: number): Promise<Waiting[]> {
  const { rows } = await sql<{
    id: string
    target_key: Buffer
    organisation_id: string
    report_id: string
    received_at: number
    key_slot: number
    features: Buffer
    keys: Buffer
    state: string
  }>`
    with taken as (
      delete from cluster_queue where position in (select position from cluster_queue order by position limit ${most})
      returning target_key, finding_id, position
    )
    select f.id, f.target_key, f.organisation_id, f.report_id, f.received_at, f.key_slot, f.features, f.keys, f.state
    from taken t cross join lateral (select * from finding where target_key = t.target_key and id = t.finding_id limit 1) f order by t.position`.execute(
    tx.db,
  )
  return rows.map((row) => ({
    id: row.id as Id<'finding'>,
    targetKey: row.target_key,
    organisation: row.organisation_id as Id<'organisation'>,
    report: row.report_id,
    receivedAt: row.received_at as Instant,
    slot: row.key_slot,
    sealedFeatures: row.features,
    keys: unpackKeys(row.keys),
    state: row.state,
  }))
}

// Kinds that hold no target look across targets: they share one place.
const EVERYWHERE = Buffer.alloc(16)

/** Under which target a key is kept and looked for. */
export function placeOf(targetKey: Buffer, kind: KeyedFingerprint['kind']): Buffer {
  return kind === 'name' || kind === 'text' ? EVERYWHERE : targetKey
}

interface Found {
  readonly digest: Buffer
  readonly finding_id: string
  readonly organisation_id: string
  readonly flaw_id: string
  readonly first_at: number
  readonly finding_target: Buffer
}

// One more than the clusterer calls common: it must see that a key is.
const HOLDERS = 33

/** What is held already under the keys of a batch. */
export async function loadKnown(tx: Tx, waiting: readonly Waiting[]): Promise<Held> {
  const known = new Map<string, Holder[]>()
  const targets = new Map<string, Buffer>()
  // Where somebody split, sure keys of what left stand among the candidates: they show that such a key decides nothing.
  const split = await anyApart(tx)
  for (const [strength, table] of [...PASSES, ...(split ? [AFTER_SPLIT] : [])]) {
    const wanted = distinctKeys(waiting, strength)
    if (wanted.length === 0) continue
    const { rows } = await tx.client.query<Found>(LOOK_UP[table], [
      wanted.map((key) => key.place),
      wanted.map((key) => key.digest),
      HOLDERS,
    ])
    for (const row of rows) {
      const name = row.digest.toString('hex')
      const holder: Holder = {
        finding: row.finding_id as Id<'finding'>,
        finder: row.organisation_id as Id<'organisation'>,
        flaw: row.flaw_id as Id<'flaw'>,
        openedAt: row.first_at as Instant,
      }
      const held = known.get(name)
      if (held === undefined) known.set(name, [holder])
      else held.push(holder)
      targets.set(row.finding_id, row.finding_target)
    }
  }
  return { known, targets }
}

/** The sealed features of those findings, for scoring. */
export async function loadFeatures(
  tx: Tx,
  findings: readonly string[],
  targets: ReadonlyMap<string, Buffer>,
): Promise<Map<string, SealedFeatures>> {
  const stored = findings.filter((finding) => targets.has(finding))
  if (stored.length === 0) return new Map()
  const { rows } = await tx.client.query<{ id: string; key_slot: number; features: Buffer }>(
    `select want.id, f.key_slot, f.features from unnest($1::bytea[], $2::text[]) as want(target, id)
     cross join lateral (select key_slot, features from finding where target_key = want.target and id = want.id limit 1) f`,
    [stored.map((finding) => targets.get(finding)!), stored],
  )
  return new Map(rows.map((row) => [row.id, { slot: row.key_slot, features: row.features }]))
}

const WANT = 'from unnest($1::bytea[], $2::bytea[]) as want(place, digest)'
const FLAW = 'cross join lateral (select first_at from flaw where id = m.flaw_id limit 1) w'
const PASSES: readonly (readonly [KeyedFingerprint['strength'], keyof typeof LOOK_UP])[] = [
  ['sure', 'sure'],
  ['candidate', 'candidate'],
]
const AFTER_SPLIT = ['sure', 'candidate'] as const
const LOOK_UP = {
  sure: `select want.digest, s.finding_id, s.organisation_id, m.flaw_id, w.first_at, want.place as finding_target ${WANT}
    cross join lateral (select finding_id, organisation_id from sure_key where target_key = want.place and digest = want.digest limit $3) s
    cross join lateral (select flaw_id from member where target_key = want.place and finding_id = s.finding_id limit 1) m ${FLAW}`,
  candidate: `select want.digest, c.finding_id, m.organisation_id, m.flaw_id, w.first_at, c.finding_target ${WANT}
    cross join lateral (select finding_id, finding_target from candidate_key where target_key = want.place and digest = want.digest limit $3) c
    cross join lateral (select flaw_id, organisation_id from member where target_key = c.finding_target and finding_id = c.finding_id limit 1) m ${FLAW}`,
}

function distinctKeys(
  waiting: readonly Waiting[],
  strength: KeyedFingerprint['strength'],
): { place: Buffer; digest: Buffer }[] {
  const wanted = new Map<string, { place: Buffer; digest: Buffer }>()
  for (const { keys, targetKey } of waiting) {
    for (const key of keys) {
      if (key.strength !== strength) continue
      const digest = Buffer.from(key.digest)
      wanted.set(digest.toString('latin1'), { place: placeOf(targetKey, key.kind), digest })
    }
  }
  return [...wanted.values()]
}

async function anyApart(tx: Tx): Promise<boolean> {
  return (await tx.client.query('select 1 from apart limit 1')).rowCount !== 0
}

/** Pairs of these open flaws that a person holds apart, also through flaws merged into them; keys as the clusterer makes them. */
export async function loadApart(tx: Tx, flaws: readonly string[]): Promise<Set<string>> {
  if (flaws.length < 2 || !(await anyApart(tx))) return new Set()
  const { rows } = await tx.client.query<{ a: string; b: string }>(
    `with recursive inside(root, id) as (
       select id, id from unnest($1::text[]) as f(id) union select i.root, f.id from flaw f join inside i on f.merged_into = i.id
     )
     select distinct least(x.root, y.root) as a, greatest(x.root, y.root) as b
     from apart p join inside x on x.id = p.a join inside y on y.id = p.b where x.root <> y.root`,
    [[...new Set(flaws)]],
  )
  return new Set(rows.map(({ a, b }) => `${a} ${b}`))
}
