import { readWhole } from '../../store/blobs/pieces.ts'
import type { Tx } from '../../store/connection.ts'
import { storeContent } from '../docket/papers.ts'
import type { CaseDesk } from './case-desk.ts'
import { changeReaders, openPaper, paperIsFor, papersOf, storePaper } from './case-papers.ts'
import type { LoadedCase } from './load-case.ts'

const LARGEST = 64 << 20

/**
 * Seals the papers of a case anew under the key of the case that it is merged into. Each keeps the flaws it was written about, so
 * that nobody reads it who does not read those; one for some is for the same ones, by the ids that they have there. Answers the ids
 * that the papers have there, by those they had.
 */
export async function movePapers(
  desk: CaseDesk,
  tx: Tx,
  from: LoadedCase,
  into: LoadedCase,
  ids: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> {
  const moved = new Map<string, string>()
  const idOf = (id: string) => ids.get(id) ?? id
  for (const paper of await papersOf(tx, from)) {
    const source = await openPaper(desk, tx, from, paper)
    if (source === null) continue
    const small = paper.blob === null ? await readWhole(source, LARGEST) : null
    const put = small === null ? await storeContent(desk, into.key, source, LARGEST) : null
    if (put !== null && !put.ok) throw new Error('a paper of a case is larger than any may be')
    const { kind, title, person, flaws, at } = paper
    const participant = paper.participant === null ? null : idOf(paper.participant)
    const readers = paper.readers?.map(idOf) ?? null
    const content = put === null ? small! : put.value
    moved.set(paper.id, await storePaper(desk, tx, into, { kind, title, participant, person, flaws, readers, content, at }))
  }
  return moved
}

/** Before flaws leave a case: papers about them that are for all are, from now on, for those who read them now, and for nobody else. */
export async function pinPapers(desk: CaseDesk, tx: Tx, home: LoadedCase, leaving: readonly string[]): Promise<void> {
  for (const paper of await papersOf(tx, home)) {
    if (paper.readers !== null || !paper.flaws.some((flaw) => leaving.includes(flaw))) continue
    const readers = home.case.participants.filter((one) => paperIsFor(home, one, paper)).map(({ id }) => id)
    await changeReaders(desk, tx, home, paper, readers)
  }
}
