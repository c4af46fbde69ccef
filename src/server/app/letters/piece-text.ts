import { readWhole } from '../../store/blobs/pieces.ts'
import type { Tx } from '../../store/connection.ts'
import { pieceOf } from '../cases/flaw-content.ts'
import { readBody } from '../findings/body.ts'
import type { ProjectDesk } from '../projects/project-desk.ts'
import { evidenceBytes } from '../validation/gather-evidence.ts'
import { readInput } from '../validation/read-input.ts'
import type { Place } from '../validation/stored-proof.ts'

const LONGEST = 100_000

/** A piece of evidence as text; null where it is none, or too long to stand in a letter. */
export async function pieceText(
  desk: ProjectDesk,
  tx: Tx,
  flaws: readonly string[],
  kind: 'reproducer' | 'patch',
  id: string | undefined,
): Promise<string | null> {
  const piece = id === undefined ? null : await pieceOf(desk, tx, flaws, kind, id)
  if (piece === null || piece.bytes > LONGEST) return null
  const bytes = await bytesAt(desk, tx, piece.place)
  if (bytes === null || bytes.includes(0)) return null
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** In the running transaction: a second one would wait for a connection while this one holds one. */
async function bytesAt(desk: ProjectDesk, tx: Tx, place: Place): Promise<Buffer | null> {
  if (place.in === 'blob') {
    const source = await readInput(desk, place)
    return source === null ? null : await readWhole(source, LONGEST)
  }
  const row = await tx.db.selectFrom('finding').select(['key_slot', 'body']).where('id', '=', place.finding).executeTakeFirst()
  const [key] = row === undefined ? [] : desk.keys.get([row.key_slot])
  if (row === undefined || !key) return null
  const { finding } = await readBody(desk, { slot: row.key_slot, key }, place.finding, row.body)
  const evidence = finding.evidence[place.n]
  return evidence === undefined ? null : evidenceBytes(evidence)
}
