import type { Counts, ItemAnswer } from '../../../contract/shapes/report.ts'
import type { FormatName, ParsedItem } from '../../../formats/format.ts'
import { type Answer, denied, done } from '../answer.ts'
import { answerRefused } from './item-answer.ts'
import type { IntakeMacs } from './macs.ts'
import { completeReport, type OpenReport, openReport } from './open-report.ts'
import { type Prepared, prepare } from './prepare.ts'
import { readItems } from './read-items.ts'
import type { Defaults, Sender } from './sender.ts'
import { type Intake, type Taken, takeIn } from './take-in.ts'
import { UnpackError, unpack } from './unpack.ts'

export interface Upload {
  readonly source: AsyncIterable<Uint8Array>
  readonly name: string | null
  readonly key: string
  readonly format: FormatName | null
  readonly defaults: Defaults
  /** Bytes after unpacking. */
  readonly limit: number
  /** Items; more than that are refused whole. */
  readonly mostItems: number
}

export interface Received {
  readonly report: OpenReport
  /** Answers in the order of the items, batch by batch, each given only after its batch is stored for good. */
  readonly answers: AsyncIterable<Taken[]>
}

export type Progress = (
  report: OpenReport,
  sender: Sender,
  name: string | null,
  read: number,
  ended: 'no' | 'whole' | 'cut',
) => void

const MEND = {
  'report.not-decodable': 'Pack the file again and send it with the same key; items already answered are not taken twice.',
  'report.too-large': 'Send the rest as a second file.',
}
const BATCH_ITEMS = 1000
const BATCH_BYTES = 4 << 20

/** Receives one upload of any size as a stream. What is acknowledged is stored; what is not, is not. */
export async function receive(
  intake: Intake,
  sender: Sender,
  upload: Upload,
  macs: IntakeMacs,
  progress: Progress,
): Promise<Answer<Received>> {
  let reading: Awaited<ReturnType<typeof readItems>>
  try {
    reading = await readItems(unpack(upload.source, upload.limit), upload.name, upload.format)
  } catch (error) {
    if (!(error instanceof UnpackError)) throw error
    return denied(error.code === 'report.too-large' ? 'request.too-large' : 'report.not-decodable', 'Not stored.')
  }
  if (reading.format === null) {
    return denied(
      'report.unknown-format',
      'Not stored. Weir reads its own JSON and NDJSON, SARIF 2.1.0, OSV, GitHub advisories, CVE JSON 5 and crash logs; say which with ?format=.',
    )
  }
  const report = await openReport(intake, sender, upload.key, reading.format, upload.name, macs)
  return done({ report, answers: answers(intake, sender, upload, macs, progress, reading, report) })
}

async function* answers(
  intake: Intake,
  sender: Sender,
  upload: Upload,
  macs: IntakeMacs,
  progress: Progress,
  reading: { items: AsyncIterable<ParsedItem[]>; close(): Promise<void> },
  report: OpenReport,
): AsyncGenerator<Taken[]> {
  let n = 0
  let batch: Prepared[] = []
  let bytes = 0
  let ended: 'whole' | 'cut' = 'cut'
  // One batch is being stored while the next one is read and digested; never two at once, so that each sees the one before.
  let storing: Promise<Taken[]> | null = null
  const store = async (): Promise<Taken[]> => {
    const before = storing === null ? [] : await storing
    const full = batch
    batch = []
    bytes = 0
    storing = takeIn(intake, sender, report, full)
    // Awaited a turn later: until then a failure must not count as unheard.
    storing.catch(() => {})
    progress(report, sender, upload.name, n, 'no')
    return before
  }
  try {
    let over: ParsedItem | null = null
    try {
      for await (const items of reading.items) {
        for (const item of items) {
          if (n >= upload.mostItems) {
            over = item
            break
          }
          batch.push(prepare(item, n++, sender, report.uploadKey, upload.defaults, macs))
          bytes += item.raw.length
          if (batch.length >= BATCH_ITEMS || bytes >= BATCH_BYTES) yield await store()
        }
        if (over !== null) break
      }
      yield await store()
      yield await storing!
      if (over !== null) yield [refusal(n, over.at, 'report.too-large', OVER)]
      await completeReport(intake, report)
      ended = 'whole'
    } catch (error) {
      if (!(error instanceof UnpackError)) throw error
      // What came before the damage stands; the rest is answered as one refusal.
      yield await store()
      yield await storing!
      yield [refusal(n, '', error.code, MEND[error.code])]
      // Sent again it would end at the same place: there is nothing more to wait for.
      await completeReport(intake, report)
      ended = 'whole'
    }
  } finally {
    progress(report, sender, upload.name, n, ended)
    await reading.close()
  }
}

const OVER = 'Nothing from this item on was stored. Send the rest as another upload, or with an account.'

function refusal(n: number, where: string, code: UnpackError['code'], mend: string): Taken {
  return { answer: answerRefused({ n, at: where }, null, { code, where, mend }), group: null }
}

export function countOutcomes(counts: Counts, taken: readonly Taken[]): Counts {
  const count = (outcome: ItemAnswer['outcome']) => taken.filter(({ answer }) => answer.outcome === outcome).length
  return {
    accepted: counts.accepted + count('accepted'),
    repeated: counts.repeated + count('repeated'),
    merged: counts.merged + count('merged'),
    needsInfo: counts.needsInfo + count('needs-info'),
    refused: counts.refused + count('refused'),
  }
}
