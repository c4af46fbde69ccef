const LONGEST_NAME = 2048

/** Whether a member's name leads out of the archive, is absolute, too long, or has characters that no name needs. */
export function oddName(name: string): boolean {
  if (name === '' || name.length > LONGEST_NAME) return true
  if (name.startsWith('/') || name.includes('\\') || /^[a-z]:/i.test(name)) return true
  if (/[\p{Cc}\p{Cf}\ufffd]/u.test(name)) return true
  return name.split('/').includes('..')
}
