const ENCODER = new TextEncoder()

/**
 * Bytes to be digested: a domain word, the kind, its version, then each part with its length before it, so that no two lists of
 * parts give the same bytes.
 */
export function preimage(kind: string, version: number, parts: readonly string[]): Uint8Array {
  let text = `weir-fingerprint|${kind}|${version}`
  for (const part of parts) text += `|${part.length}:${part}`
  return ENCODER.encode(text)
}
