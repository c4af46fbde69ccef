import type { DraftFile } from './relay-draft.ts'

/** Limits of the Akrites intake (docs/TAP-API-Spec.md): bytes of UTF-8 for texts and payloads, counts for lists. */
export const AKRITES_MOST = {
  body: 3 * 1024 * 1024,
  /** Kept free for brackets and the key `attachments`. */
  around: 64,
  file: 1024 * 1024,
  files: 16,
  purl: 512,
  versions: 64,
  version: 64,
  references: 16,
} as const

/** Whether the intake wants a file of this type in base64. */
export function binaryType({ contentType }: Pick<DraftFile, 'contentType'>): boolean {
  return !contentType.startsWith('text/')
}

/** Most bytes a file takes as one entry of `attachments`, names and all. */
export function jsonBytes(file: DraftFile): number {
  const names = 160 + file.filename.length
  if (binaryType(file)) return names + 4 * Math.ceil(file.bytes.length / 3)
  let bytes = names
  // What JSON escapes: controls as \u00XX (6 bytes), quotes and backslashes with one more.
  for (const byte of file.bytes) bytes += byte < 0x20 ? 6 : byte === 0x22 || byte === 0x5c ? 2 : 1
  return bytes
}
