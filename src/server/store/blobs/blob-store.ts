import type { Brand } from '../../../core/kernel/brand.ts'

/** 64 lower-case hex digits: a keyed digest of what the blob holds, so that a name tells nothing about it. */
export type BlobName = Brand<string, 'BlobName'>

const PATTERN = /^[0-9a-f]{64}$/

/** The name, or null when the text is not one; what passes can stand in a path. */
export function parseBlobName(text: string): BlobName | null {
  return PATTERN.test(text) ? (text as BlobName) : null
}

/** No blob of that name is there. */
export class BlobMissing extends Error {
  override name = 'BlobMissing'
  constructor(name: BlobName) {
    super(`there is no blob ${name}`)
  }
}

/** A blob being written; nothing of it can be seen before `commit`. */
export interface BlobDraft {
  append(bytes: Uint8Array): Promise<void>
  /** Durable under `name` when it resolves. Where a blob has that name already, that one stays and the draft goes. */
  commit(name: BlobName): Promise<void>
  /** Drops the draft; harmless after `commit`. */
  abandon(): Promise<void>
}

/** Where sealed bytes lie by name: a folder, later a bucket. It never sees plaintext or keys (see `sealed-blob.ts`). */
export interface BlobStore {
  draft(): Promise<BlobDraft>
  /** Its bytes in pieces; throws BlobMissing at the first. */
  read(name: BlobName): AsyncIterable<Uint8Array>
  has(name: BlobName): Promise<boolean>
  /** Harmless where there is none. */
  delete(name: BlobName): Promise<void>
  /** Every name, in no order. Blobs that come or go meanwhile may or may not be among them. */
  names(): AsyncIterable<BlobName>
}
