import { sql } from 'kysely'
import type { OwnVexGone, OwnVexOut } from '../../../contract/shapes/own-vex.ts'
import { presentExposure } from '../../../core/access/present/exposure.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import type { VexStatement } from '../../../core/exposure/vex/vex-statement.ts'
import { newId, parseId } from '../../../core/kernel/id.ts'
import { inTransaction } from '../../store/connection.ts'
import { deleteOwnVex, ownVexNamed, ownVexOf, putOwnVex } from '../../store/exposure-vex.ts'
import { INVENTORIES_CHANGED } from '../../store/inventory.ts'
import { holdObligations } from '../../store/obligation.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import type { ExposureDesk } from './exposure-desk.ts'
import { type OwnVexBody, openOwnVexBody, ownVexDigest, sealOwnVex } from './own-vex-body.ts'
import { ownVexOut } from './own-vex-list.ts'
import { readOwnVexBody } from './own-vex-reading.ts'
import { ReadingPlaces } from './reading-places.ts'
import { type Pace, steadyBody } from './steady-body.ts'

const MOST_DOCUMENTS = 200

/** How documents must come: one organisation leaves places to others, and nobody keeps one by sending nothing. */
export interface VexLimits {
  readonly places: ReadingPlaces
  readonly pace: Pace
  /** Characters of all statements of one organisation: they are held in memory as long as they are believed. */
  readonly size: number
}

const LIMITS: VexLimits = { places: new ReadingPlaces(6, 2), pace: { bytes: 256 << 10, ms: 30_000 }, size: 64 << 20 }

/** Keeps a VEX document that the caller's organisation believes, sealed, in place of the edition before; what it settles is settled at once. */
export async function addOwnVex(
  desk: ExposureDesk,
  who: Principal,
  { name, source }: { readonly name: string | null; readonly source: AsyncIterable<Uint8Array> },
  { places, pace, size: most }: VexLimits = LIMITS,
): Promise<Answer<Presented<OwnVexOut>>> {
  const { organisation } = who
  if (organisation === null) return NOT_FOUND
  const leave = places.take(organisation)
  if (leave === null) return denied('server.unavailable', 'Other documents are being read; try again in a moment.')
  const read = await readOwnVexBody(steadyBody(source, pace)).finally(leave)
  if (!read.ok) return read
  const { statements, aside } = read.value
  const document = (read.value.document || name?.trim() || '').slice(0, 300)
  if (document === '')
    return denied(
      'vex.refused',
      'It gives itself no id: send the name of its file with it, by which a later edition is known.',
      'name',
    )
  const body: OwnVexBody = {
    document,
    name: name?.slice(0, 200) ?? null,
    author: statements[0]!.author,
    format: statements[0]!.source,
    newest: statements.reduce<number | null>(
      (late, { at }) => (at === null || (late !== null && late >= at) ? late : at),
      null,
    ),
    counts: countsOf(statements),
    aside,
    size: JSON.stringify(statements).length,
    by: who.person ?? '',
  }
  const [key] = await desk.keys.allocate(1)
  const { slot, key: fresh } = key!
  let kept = false
  let former: number | null = null
  try {
    const stored = await inTransaction(desk.store, { organisation }, async (tx) => {
      kept = false
      // One at a time, so that the number of documents holds.
      await holdObligations(tx, organisation)
      const digest = ownVexDigest(desk, organisation, document)
      const before = await ownVexNamed(tx, organisation, digest)
      const others = (await ownVexOf(tx, organisation)).filter((one) => one.id !== before?.id)
      if (others.length >= MOST_DOCUMENTS)
        return denied('quota.exceeded', `An organisation keeps at most ${MOST_DOCUMENTS} VEX documents.`)
      const held = others.reduce((sum, one) => sum + (openOwnVexBody(desk, one)?.size ?? 0), body.size ?? 0)
      if (held > most)
        return denied('quota.exceeded', `The VEX documents of an organisation have at most ${most >> 20} MiB of statements.`)
      const id = before?.id ?? newId('own-vex', desk.random)
      const row = {
        organisation_id: organisation,
        id,
        version: (before?.version ?? 0) + 1,
        key_slot: slot,
        document_digest: digest,
        ...sealOwnVex(desk, fresh, id, { body, statements }),
        received_at: desk.clock(),
      }
      former = before?.key_slot ?? null
      await putOwnVex(tx, row)
      await sql`select pg_notify(${INVENTORIES_CHANGED}, '')`.execute(tx.db)
      kept = true
      return done(ownVexOut(row, body))
    })
    if (!stored.ok) return stored
    if (former !== null) await desk.keys.erase([former])
    await desk.follow()
    const shown = presentExposure(who, organisation, { action: 'write', noun: 'obligation' }, stored.value)
    return shown === null ? NOT_FOUND : done(shown)
  } finally {
    if (!kept) await desk.keys.erase([slot])
  }
}

/** Takes a document out and destroys its key; what it alone had settled is open again with the date it had. */
export async function dropOwnVex(desk: ExposureDesk, who: Principal, text: string): Promise<Answer<Presented<OwnVexGone>>> {
  const id = parseId('own-vex', text)
  const { organisation } = who
  if (id === null || organisation === null) return NOT_FOUND
  const slot = await inTransaction(desk.store, { organisation }, async (tx) => {
    const gone = await deleteOwnVex(tx, organisation, id)
    if (gone !== undefined) await sql`select pg_notify(${INVENTORIES_CHANGED}, '')`.execute(tx.db)
    return gone
  })
  if (slot === undefined) return NOT_FOUND
  await desk.keys.erase([slot])
  await desk.follow()
  const shown = presentExposure(who, organisation, { action: 'write', noun: 'obligation' }, { id })
  return shown === null ? NOT_FOUND : done(shown)
}

function countsOf(statements: readonly VexStatement[]): OwnVexBody['counts'] {
  const counts = { 'not-affected': 0, affected: 0, fixed: 0, 'under-investigation': 0 }
  for (const { status } of statements) counts[status]++
  return counts
}
