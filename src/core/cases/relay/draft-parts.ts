import type { Refused } from '../../kernel/decision.ts'
import { type Sha256, toHex } from '../../kernel/digest.ts'
import { cleanPatch } from './patch-text.ts'
import { type Scrubber, scrubberFor } from './personal-data.ts'
import { checkProvenance } from './provenance.ts'
import type { DraftFile, Omission, RelayBody, RelayDraft } from './relay-draft.ts'
import { type RelayRefusal, refuseRelay } from './relay-refusal.ts'
import type { RelayFile, RelaySource } from './relay-source.ts'

/** One draft on its way: the scrubber, what was left out so far, and the tools that were handed in. */
export interface Bench {
  readonly source: RelaySource
  readonly scrubber: Scrubber
  readonly leftOut: Omission[]
  readonly sha256: Sha256
}

const MOST_TEXT = 1_000_000

/** Checks what every route needs: provenance, embargo terms and file digests; refuses before anything is drafted. */
export function openBench(
  source: RelaySource,
  sha256: Sha256,
): { readonly ok: true; readonly bench: Bench } | Refused<RelayRefusal> {
  const wrong = checkProvenance(source.provenance, sha256)
  if (wrong !== null) return wrong
  for (const [field, text] of [
    ['summary', source.summary],
    ['description', source.description],
  ] as const) {
    if (text.trim() === '') return refuseRelay('draft.field-missing', field)
  }
  for (const [field, text] of [
    ['description', source.description],
    ['trigger', source.trigger],
    ['impact', source.impact],
  ] as const) {
    if (text !== null && text.length > MOST_TEXT) return refuseRelay('draft.field-too-long', field)
  }
  if (source.files.some(({ bytes, digest }) => toHex(sha256(bytes)) !== digest)) return refuseRelay('draft.file-digest')
  const scrubber = scrubberFor(source)
  // These stand in the block as they are, so that nothing can be taken out of them.
  const { chain, origins, embargo, duplicateHint } = source.provenance
  const verbatim = [
    source.reference,
    ...origins,
    duplicateHint,
    embargo?.text,
    ...chain.flatMap(({ name, handle }) => [name, handle]),
  ]
  if (verbatim.some((text) => text && scrubber.names(text))) return refuseRelay('draft.personal-data', 'provenance')
  return { ok: true, bench: { source, scrubber, leftOut: [], sha256 } }
}

/** The texts that a report begins with, without personal data: description, then trigger and impact under headings, each wrapped. */
export function reportText({ source, scrubber }: Bench, wrap: (text: string) => string = (text) => text): string {
  const parts = [
    wrap(scrubber.clean(source.description)),
    source.trigger === null ? '' : `How it shows\n${wrap(scrubber.clean(source.trigger))}`,
    source.impact === null ? '' : `Impact\n${wrap(scrubber.clean(source.impact))}`,
    ...source.files.map(({ kind, bytes, digest }) => `Evidence: ${kind}, ${bytes.length} bytes, sha256 ${digest}`),
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

/**
 * A file as it may leave: a patch without names and addresses before its changes, anything else as it is, and not at all where it
 * names a reporter, because a reproducer that was changed is another reproducer.
 */
export function fileForDraft(bench: Bench, file: RelayFile, filename: string): DraftFile | null {
  const text = textOf(file.bytes)
  const { scrubber } = bench
  if (file.kind === 'patch' && text !== null) {
    const cleaned = cleanPatch(text, scrubber)
    if (cleaned !== null) {
      return {
        filename: `${filename}.txt`,
        contentType: 'text/plain',
        kind: file.kind,
        bytes: new TextEncoder().encode(cleaned),
      }
    }
  }
  if (scrubber.names(text ?? new TextDecoder().decode(file.bytes))) {
    bench.leftOut.push({ what: file.kind, why: 'personal-data' })
    return null
  }
  const contentType = text === null ? 'application/octet-stream' : 'text/plain'
  return { filename: `${filename}.${text === null ? 'bin' : 'txt'}`, contentType, kind: file.kind, bytes: file.bytes }
}

/** The bytes as text, or null where they are not UTF-8 or hold a NUL. */
export function textOf(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return text.includes('\0') ? null : text
  } catch {
    return null
  }
}

/** Characters as people and JSON Schema count them: code points. */
export function characters(text: string): number {
  let count = 0
  for (const _ of text) count += 1
  return count
}

export function utf8Bytes(text: string): number {
  return new TextEncoder().encode(text).length
}

/** The draft around a body, with its digest and what it leaves out. */
export function closeDraft(bench: Bench, body: RelayBody): RelayDraft {
  const { source, scrubber, leftOut, sha256 } = bench
  const has = (kind: RelayFile['kind']) => source.files.some((file) => file.kind === kind)
  const present: Readonly<Record<string, boolean>> = {
    trigger: source.trigger !== null,
    severity: source.severity.vector !== null || source.severity.word !== null,
    reproducer: has('reproducer'),
    patch: has('patch'),
    test: has('test'),
  }
  const lacks = Object.keys(present).filter((name) => !present[name])
  return { ...body, digest: bodyDigest(body, sha256), leftOut: [...leftOut], removed: scrubber.removed(), lacks }
}

/** SHA-256 in hexadecimal digits of all that a body would send; files count by their digests. */
export function bodyDigest(body: RelayBody, sha256: Sha256): string {
  const shown = JSON.stringify(body, (_, value: unknown) => (value instanceof Uint8Array ? toHex(sha256(value)) : value))
  return toHex(sha256(new TextEncoder().encode(shown)))
}
