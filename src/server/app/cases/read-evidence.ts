import { presentCase } from '../../../core/access/present/case.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { inTransaction } from '../../store/connection.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { readInput } from '../validation/read-input.ts'
import type { CaseDesk } from './case-desk.ts'
import { pieceOf } from './flaw-content.ts'
import { seeCase, subjectOf } from './load-case.ts'
import { writeRead } from './write-read.ts'

/** A patch or reproducer of a flaw that the asker reads in this case, as a file; its bytes are hostile and go out inert. */
export async function readCaseEvidence(
  desk: CaseDesk,
  who: Principal,
  text: string,
  kind: 'patch' | 'reproducer',
  evidence: string,
): Promise<Answer<Presented<{ bytes: AsyncIterable<Uint8Array>; mediaType: string; name: string }>>> {
  const found = await inTransaction(desk.store, 'all', async (tx) => {
    const seen = await seeCase(desk, tx, who, 'read', text)
    if (seen === null || seen.case.state === 'closed') return null
    const piece = await pieceOf(desk, tx, seen.flaws, kind, evidence)
    if (piece === null) return null
    await writeRead(tx, seen, kind, piece.id)
    return { piece, subject: subjectOf(seen) }
  })
  const bytes = found === null ? null : await readInput(desk, found.piece.place)
  if (found === null || bytes === null) return NOT_FOUND
  const file = { bytes, mediaType: 'application/octet-stream', name: found.piece.name }
  const shown = presentCase(who, found.subject, file)
  return shown === null ? NOT_FOUND : done(shown)
}
