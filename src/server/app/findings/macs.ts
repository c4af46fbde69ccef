import { createHmac, createSecretKey } from 'node:crypto'

/**
 * Keyed digests of what must be found again without being readable: every one with its own domain, all under the index key
 * that lives in the key store. 16 bytes are enough to tell things apart and small enough to index by the million.
 */
export interface IntakeMacs {
  content(scope: Uint8Array, stated: Uint8Array, raw: Uint8Array): Buffer
  itemKey(scope: Uint8Array, key: Uint8Array): Buffer
  uploadKey(scope: string, key: string): Buffer
  target(target: string): Buffer
  fingerprint(preimage: Uint8Array): Uint8Array
  /** 63-bit token of one word of a flaw's title, package, path or symbol, for search. */
  word(word: string): string
}

const REMEMBERED_WORDS = 50_000

export function intakeMacs(bytes: Buffer): IntakeMacs {
  // A key object made once: a bare buffer costs five times the digest, at every digest.
  const key = createSecretKey(bytes)
  const mac = (domain: string, ...parts: (Uint8Array | string)[]): Buffer => {
    const hmac = createHmac('sha256', key).update(domain).update('\0')
    for (const [i, part] of parts.entries()) {
      // Every part but the last is short and carries its length, so that no two lists of parts read the same.
      if (i < parts.length - 1) hmac.update(`${part.length}:`)
      hmac.update(part)
    }
    return hmac.digest()
  }
  // The same words come again and again; in memory only.
  const words = new Map<string, string>()
  const short = (bytes: Buffer) => bytes.subarray(0, 16)
  return {
    content: (scope, stated, raw) => short(mac('content', scope, stated, raw)),
    itemKey: (scope, itemKey) => short(mac('item-key', scope, itemKey)),
    uploadKey: (scope, uploadKey) => short(mac('upload-key', scope, uploadKey)),
    target: (target) => short(mac('target', target)),
    fingerprint: (preimage) => mac('fingerprint', preimage),
    word: (word) => {
      const known = words.get(word)
      if (known !== undefined) return known
      const token = (mac('word', word).readBigUInt64BE() >> 1n).toString()
      if (words.size >= REMEMBERED_WORDS) words.clear()
      words.set(word, token)
      return token
    },
  }
}
