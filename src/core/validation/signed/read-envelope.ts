import { type Envelope, PAYLOAD_TYPE, PREDICATE_TYPE, STATEMENT_TYPE, type ValidationStatement } from '../statement.ts'

/** Hostile: an envelope as it came over a wire or out of a file; at most this many characters of payload. */
const MOST = 64 << 20

/** An envelope out of parsed JSON; null where it is none: another type, no signature, no base64. Looks at no signature. */
export function readEnvelope(value: unknown): Envelope | null {
  if (value === null || typeof value !== 'object') return null
  const { payloadType, payload, signatures } = value as Record<string, unknown>
  if (payloadType !== PAYLOAD_TYPE || !isBase64(payload, MOST)) return null
  if (!Array.isArray(signatures) || signatures.length === 0 || signatures.length > 16) return null
  const read: { keyid: string; sig: string }[] = []
  for (const one of signatures as unknown[]) {
    const { keyid, sig } = (one ?? {}) as Record<string, unknown>
    if (typeof keyid !== 'string' || !/^[0-9a-f]{1,64}$/.test(keyid) || !isBase64(sig, 1024)) return null
    read.push({ keyid, sig })
  }
  return { payloadType, payload, signatures: read }
}

/** The statement in a payload's bytes; null where they are no statement of a validation. */
export function readStatement(payload: Uint8Array): ValidationStatement | null {
  try {
    const value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload)) as Partial<ValidationStatement> | null
    if (value?._type !== STATEMENT_TYPE || value.predicateType !== PREDICATE_TYPE || !Array.isArray(value.subject)) return null
    const outcome = value.predicate?.outcome
    const lists = [outcome?.builds, outcome?.reproducers, outcome?.patches, outcome?.minimised, outcome?.ranges]
    if (!lists.every(Array.isArray)) return null
    const parts = [value.predicate?.asked, value.predicate?.environment?.toolchain, value.predicate?.varying]
    return parts.every((part) => part !== null && typeof part === 'object') ? (value as ValidationStatement) : null
  } catch {
    return null
  }
}

function isBase64(value: unknown, most: number): value is string {
  return typeof value === 'string' && value.length <= most && value.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(value)
}
