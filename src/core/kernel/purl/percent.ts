// Percent-encoding as ECMA-427 asks: unreserved characters and the colon stay, everything else becomes UTF-8 in upper-case hex.

/** Decodes %XX as UTF-8; null where a % is not followed by two hex digits or the bytes are not UTF-8. Never throws. */
export function percentDecode(text: string): string | null {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

/** What stands as it is in every part. */
export const UNRESERVED = /^[A-Za-z0-9._~:-]*$/

/** Encodes one part; the text must be well-formed UTF-16 (a purl's parts always are). */
export function percentEncode(text: string): string {
  if (UNRESERVED.test(text)) return text
  return encodeURIComponent(text).replace(/[!'()*]|%3A/g, (c) =>
    c === '%3A' ? ':' : `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
