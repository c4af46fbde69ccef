import type { DocketAct } from '../../../contract/shapes/docket.ts'
import { judgeVetting, VETTING_LIST } from '../../../core/docket/vetting.ts'
import { type Id, newId } from '../../../core/kernel/id.ts'
import type { Tx } from '../../store/connection.ts'
import { type Answer, denied, done } from '../answer.ts'
import type { Prepared } from './command-docket.ts'
import type { DocketDesk } from './docket-desk.ts'
import type { LoadedDocket, SeenDocket } from './load-docket.ts'
import { addPaper, listPapersOf, readPaperBytes, textDigest } from './papers.ts'

/** What a partner's paper holds: its name and what it answered to which list. */
export interface PartnerPaper {
  readonly name: string
  readonly list: string
  readonly answers: Readonly<Record<string, string>>
}

/** Proposes a partner with its answers; one of that name that was proposed before is the same partner. */
export async function proposePartner(
  desk: DocketDesk,
  { name, answers }: Extract<DocketAct, { do: 'propose-partner' }>,
  seen: SeenDocket,
  tx: Tx,
): Promise<Answer<Prepared>> {
  const { unknown } = judgeVetting(answers)
  if (unknown.length > 0) return denied('request.invalid', 'The vetting list has no line of that name.', 'act/answers')
  const known = await partnerPapers(desk, tx, seen)
  const same = [...known].find(([, paper]) => fold(paper.name) === fold(name))
  const partner = same?.[0] ?? newId('partner', desk.random)
  const paper: PartnerPaper = { name, list: VETTING_LIST.id, answers }
  const text = JSON.stringify(paper)
  return done({
    command: { do: 'propose-partner', partner, vetting: { list: VETTING_LIST.id, digest: textDigest(text) } },
    async store(tx) {
      const { person } = seen
      await addPaper(desk, tx, seen, { object: 'partner', title: name, person, of: partner, content: Buffer.from(text) })
    },
  })
}

/** The newest paper of each partner. */
export async function partnerPapers(
  desk: Pick<DocketDesk, 'keys' | 'blobs'>,
  tx: Tx,
  docket: LoadedDocket,
): Promise<Map<Id<'partner'>, PartnerPaper>> {
  const papers = new Map<Id<'partner'>, PartnerPaper>()
  for (const { id, of } of await listPapersOf(tx, docket, ['partner'])) {
    const bytes = typeof of === 'string' ? await readPaperBytes(desk, tx, docket, id) : null
    if (bytes !== null) papers.set(of as Id<'partner'>, JSON.parse(bytes.toString('utf8')) as PartnerPaper)
  }
  return papers
}

const fold = (name: string) => name.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase()
