import type { Asking } from './ask.ts'
import { IMPORT_LIMITS, type ImportLimits } from './import-limits.ts'
import { plain } from './json/plain.ts'
import { each, into } from './json/want.ts'
import { walkPlace } from './log/place-walk.ts'
import type { SampleRow } from './log/sample-row.ts'
import { chunksOf } from './log/sequence-chunks.ts'

/** What `attachment://POINTER` stands for: a hash, or an index in a chunked sample. Null where it is not there or is too large. */
export function* openAttachment(
  sample: SampleRow,
  pointer: string,
  limits: ImportLimits = IMPORT_LIMITS,
): Asking<string | null> {
  const { place } = sample
  if (place === null) return null
  let found: unknown
  const keep = (bytes: Uint8Array | null) => {
    found ??= bytes === null ? null : (plain(bytes) ?? null)
  }
  const enough = () => found !== undefined
  if (place.form !== 'chunked') {
    const one = into({ [pointer]: 'keep' })
    const want = into({ attachments: one, transcript: into({ content: one }) })
    const text = place.form === 'member' ? { member: place.member } : place
    const sink = {
      value: (path: readonly unknown[], bytes: Uint8Array | null) => (path.at(-1) === pointer ? keep(bytes) : undefined),
    }
    yield* walkPlace(text, limits, want, sink, enough)
  } else {
    const index = /^\d{1,9}$/.test(pointer) ? Number(pointer) : -1
    const chunk = chunksOf(place.members, 'attachments').find(({ from, to }) => index >= from && index < to)
    if (chunk === undefined) return null
    const sink = {
      value: (path: readonly unknown[], bytes: Uint8Array | null) => (path[0] === index - chunk.from ? keep(bytes) : undefined),
    }
    yield* walkPlace(chunk, limits, each('keep'), sink, enough)
  }
  return typeof found === 'string' ? found : null
}
