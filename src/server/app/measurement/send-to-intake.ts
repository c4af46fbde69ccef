import { presentDocket } from '../../../core/access/present/docket.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { mayRead } from '../../../core/docket/reading.ts'
import type { DocketRecord } from '../../store/docket.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { tellDocket } from '../docket/command-docket.ts'
import { subjectOf } from '../docket/load-docket.ts'
import { listPapersOf, readPaperBytes } from '../docket/papers.ts'
import { withDocket } from '../docket/with-docket.ts'
import { receive } from '../findings/receive.ts'
import { NO_DEFAULTS, type Sender } from '../findings/sender.ts'
import type { MeasurementDesk } from './measurement-desk.ts'

/** What is carried; of one that was sent before, only the report's id. */
type Found = { readonly row: DocketRecord } & (
  | { readonly sent: string; readonly carried: null }
  | { readonly sent: null; readonly carried: Carried }
)
interface Carried {
  readonly name: string
  readonly bytes: Buffer
  readonly model: string
}

const LARGEST = 16 << 20
const MOST_ITEMS = 1000

/**
 * Carries one result document to intake as a report of the office, by the door that any finder's comes through, once both sides
 * consented. Tool and model go with it; the docket it came from stays known to the docket alone. Sent twice it is one report.
 */
export async function sendToIntake(
  desk: MeasurementDesk,
  who: Principal,
  docket: string,
  item: string,
  sender: Sender,
): Promise<Answer<Presented<{ report: string }>>> {
  const wanted = { docket, object: 'result-document', thing: item, action: 'write' } as const
  const found = await withDocket<Found>(desk, who, wanted, async (tx, seen) => {
    const entry = seen.docket.toIntake.find((one) => one.item === item)
    if (entry === undefined || entry.signed.developer === null || entry.signed.office === null)
      return denied('docket.refused', 'Both sides must have consented to carry this one to intake.')
    if (entry.report !== null) return done({ sent: entry.report, row: seen.row, carried: null })
    const paper = (await listPapersOf(tx, seen, ['result-document'])).find(({ id }) => id === item)
    const bytes = paper === undefined ? null : await readPaperBytes(desk, tx, seen, paper.id, LARGEST)
    if (paper === undefined || bytes === null) return denied('docket.refused', 'There is no such document, or it is too large.')
    if (!mayRead(seen.docket, seen.person, 'result-document', seen.now)) return NOT_FOUND
    return done({ sent: null, row: seen.row, carried: { name: paper.title, bytes, model: seen.model } })
  })
  if (!found.ok) return found
  const { value } = found
  const report = value.carried === null ? done(value.sent) : await carry(desk, docket, item, sender, value.carried)
  if (!report.ok) return report
  const told = await tellDocket(desk, docket, () => done({ command: { do: 'sent-to-intake', item, report: report.value } }))
  if (!told.ok) return told
  const shown = presentDocket(who, subjectOf(value.row, true), { report: report.value })
  return shown === null ? NOT_FOUND : done(shown)
}

async function carry(
  desk: MeasurementDesk,
  docket: string,
  item: string,
  sender: Sender,
  { name, bytes, model }: Carried,
): Promise<Answer<string>> {
  async function* whole() {
    yield bytes
  }
  const defaults = { ...NO_DEFAULTS, tool: 'weir-evaluate', model, aiAssisted: true }
  const upload = {
    source: whole(),
    name,
    key: `docket:${docket}:${item}`,
    format: null,
    defaults,
    limit: LARGEST,
    mostItems: MOST_ITEMS,
  }
  const received = await receive(desk, sender, upload, desk.macs, () => {})
  if (!received.ok) return received
  let taken = 0
  let refused: string | null = null
  for await (const batch of received.value.answers)
    for (const { answer } of batch) {
      if (answer.outcome === 'refused') refused = answer.refusal?.code ?? 'refused'
      else taken++
    }
  if (taken > 0) return done(received.value.report.id)
  return denied(
    'docket.refused',
    `Intake took nothing of it${refused === null ? '' : ` (${refused})`}. Add the document again as a finding.`,
  )
}
