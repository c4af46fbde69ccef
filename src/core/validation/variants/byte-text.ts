/** Bytes as text of one character each, which is what the mutations work on. Linear. */
export function textOf(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let i = 0; i < bytes.length; i += 8192) parts.push(String.fromCharCode(...bytes.subarray(i, i + 8192)))
  return parts.join('')
}

/** The bytes of such text. */
export function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i) & 255
  return bytes
}

/** Whether it reads as text: lines of printable characters with few others. Looks at the first 4 KiB. */
export function looksLikeText(text: string): boolean {
  const head = text.slice(0, 4096)
  let odd = 0
  for (let i = 0; i < head.length; i++) {
    const c = head.charCodeAt(i)
    if ((c < 32 && c !== 9 && c !== 10 && c !== 13) || c === 127) odd++
  }
  return head.length > 0 && odd * 20 <= head.length
}
