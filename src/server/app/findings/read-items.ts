import { detectFormat } from '../../../formats/detect.ts'
import { type FormatName, LIMITS, type ParsedItem } from '../../../formats/format.ts'
import { formatNamed } from '../../../formats/reader.ts'
import { spool } from './spool.ts'

const HEAD = 64 << 10

/** A report being read: its format, and its items as they come. `null` format: no format Weir reads. */
export interface Reading {
  readonly format: FormatName | null
  readonly items: AsyncIterable<ParsedItem[]>
  close(): Promise<void>
}

/**
 * Tells the format by the first 64 KiB (or takes the stated one) and reads items as the bytes come. Only formats that need
 * two passes are held, encrypted, until they are whole.
 */
export async function readItems(
  source: AsyncIterable<Uint8Array>,
  name: string | null,
  stated: FormatName | null,
): Promise<Reading> {
  const rest = source[Symbol.asyncIterator]()
  const parts: Uint8Array[] = []
  let held = 0
  while (held < HEAD) {
    const next = await rest.next()
    if (next.done) break
    parts.push(next.value)
    held += next.value.length
  }
  const head = Buffer.concat(parts)
  const formatName = stated ?? detectFormat(head.subarray(0, HEAD), name ?? undefined)
  if (formatName === null) return { format: null, items: none(), close: async () => {} }
  const format = formatNamed(formatName)
  const whole = chain(head, rest)
  if (format.survey === undefined)
    return { format: formatName, items: push(whole, format.reader(LIMITS)), close: async () => {} }
  const held2 = await spool(whole)
  const survey = format.survey(LIMITS)
  for await (const chunk of held2.open()) survey.push(chunk)
  return { format: formatName, items: push(held2.open(), format.reader(LIMITS, survey.end())), close: () => held2.remove() }
}

async function* none(): AsyncGenerator<ParsedItem[]> {}

async function* chain(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
}

async function* push(
  source: AsyncIterable<Uint8Array>,
  reader: { push(chunk: Uint8Array): ParsedItem[]; end(): ParsedItem[] },
): AsyncGenerator<ParsedItem[]> {
  // Small pieces keep a batch small however large the sender's chunks are.
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length; at += HEAD) yield reader.push(chunk.subarray(at, at + HEAD))
  }
  yield reader.end()
}
