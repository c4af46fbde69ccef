/** The bytes that a DSSE signature is made over (DSSE v1, "PAE"): type and payload, each with its length in bytes. */
export function pae(payloadType: string, payload: Uint8Array): Uint8Array {
  const text = new TextEncoder()
  const type = text.encode(payloadType)
  const head = text.encode(`DSSEv1 ${type.length} ${payloadType} ${payload.length} `)
  const out = new Uint8Array(head.length + payload.length)
  out.set(head)
  out.set(payload, head.length)
  return out
}
