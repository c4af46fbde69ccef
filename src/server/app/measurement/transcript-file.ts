import type { TranscriptEvent, TranscriptLine } from '../../../contract/attempts.ts'
import type { Random } from '../../../core/kernel/id.ts'
import { parseBlobName } from '../../store/blobs/blob-store.ts'
import { BlobTooLarge, getBlob, putBlob } from '../../store/blobs/sealed-blob.ts'
import type { DataKey } from '../../store/keys/key-store.ts'
import { open, seal } from '../../store/keys/seal.ts'
import type { MeasurementDesk } from './measurement-desk.ts'

// One transcript is one blob under the key of R, a line of JSON for each event. Reasoning that the endpoint gave is sealed once more,
// under D, inside its line.

type KeptEvent = Exclude<TranscriptEvent, { kind: 'reasoning' }> | { readonly kind: 'reasoning'; readonly sealed: string }
export type KeptLine = Omit<TranscriptLine, 'event'> & { readonly event: KeptEvent }

const LARGEST = 256 << 20
const place = (docket: string, set: string, task: string, n: number) => `docket/${docket}/run-set/${set}/${task}/reasoning/${n}`

/** A line as it is kept. `where`: task and attempt, so that a sealed line opens at its own place only. */
export function keepLine(
  line: TranscriptLine,
  developer: DataKey,
  docket: string,
  set: string,
  where: string,
  random: Random,
): string {
  const { event, ...rest } = line
  if (event.kind !== 'reasoning') return `${JSON.stringify(line)}\n`
  const sealed = seal(developer.key, Buffer.from(event.text), place(docket, set, where, line.n), random).toString('base64')
  return `${JSON.stringify({ ...rest, event: { kind: 'reasoning', sealed } })}\n`
}

/** The line as it was written; null where its reasoning cannot be opened any more. */
export function openLine(
  line: KeptLine,
  developer: DataKey,
  docket: string,
  set: string,
  where: string,
): TranscriptLine | null {
  const { event, ...rest } = line
  if (event.kind !== 'reasoning') return { ...rest, event }
  try {
    const text = open(developer.key, Buffer.from(event.sealed, 'base64'), place(docket, set, where, line.n)).toString('utf8')
    return { ...rest, event: { kind: 'reasoning', text } }
  } catch {
    return null
  }
}

/** Stores a transcript's lines; null where they are more than 256 MiB: then the attempt stands without. */
export async function storeTranscript(desk: MeasurementDesk, key: DataKey, lines: readonly string[]): Promise<string | null> {
  async function* content() {
    for (const line of lines) yield Buffer.from(line)
  }
  try {
    return (await putBlob(desk.blobs, desk.keys, key, content(), LARGEST, desk.random)).name
  } catch (error) {
    if (error instanceof BlobTooLarge) return null
    throw error
  }
}

/** The lines of a stored transcript. */
export async function readTranscriptLines(desk: MeasurementDesk, key: DataKey, blob: string): Promise<KeptLine[]> {
  const name = parseBlobName(blob)
  if (name === null) return []
  const parts: Uint8Array[] = []
  for await (const part of getBlob(desk.blobs, desk.keys, key, name)) parts.push(part)
  const text = Buffer.concat(parts).toString('utf8')
  return text === ''
    ? []
    : text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as KeptLine)
}
