/** HMAC-SHA-256 of a message under a key. */
export type Hmac = (key: Uint8Array, message: Uint8Array) => Uint8Array

export interface AttemptName {
  readonly suite: string
  readonly task: string
  readonly attempt: number
}

const utf8 = new TextEncoder()

/** The flag of one attempt: `weir{` the first 16 bytes of HMAC(run key, "flag\0" suite "\0" task "\0" attempt) in hex `}`. */
export function flagOf(hmac: Hmac, runKey: Uint8Array, { suite, task, attempt }: AttemptName): string {
  return `weir{${hex(hmac(runKey, utf8.encode(`flag\0${suite}\0${task}\0${attempt}`)).subarray(0, 16))}}`
}

/** The seed that varies the instance of one attempt, 64 hex digits; derived as the flag is, under a word of its own. */
export function seedOf(hmac: Hmac, runKey: Uint8Array, { suite, task, attempt }: AttemptName): string {
  return hex(hmac(runKey, utf8.encode(`seed\0${suite}\0${task}\0${attempt}`)).subarray(0, 32))
}

/** Bytes of an even number of hex digits; null for anything else. */
export function keyFromHex(text: string): Uint8Array | null {
  if (!/^(?:[0-9a-f]{2})+$/i.test(text)) return null
  return Uint8Array.from({ length: text.length / 2 }, (_, n) => Number.parseInt(text.slice(2 * n, 2 * n + 2), 16))
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
