interface NumberedLine {
  /** From 1. */
  readonly line: number
  readonly text: string
}

/**
 * The lines that count. Of a text in OpenPGP's cleartext signature framework (RFC 9580, section 7) only those inside, with their
 * dash-escapes undone; what stands before or after is nobody's word.
 */
export function bodyOf(lines: readonly string[]): { readonly signed: boolean; readonly lines: readonly NumberedLine[] } {
  const numbered = lines.map((text, n) => ({ line: n + 1, text }))
  const begin = lines.indexOf('-----BEGIN PGP SIGNED MESSAGE-----')
  if (begin < 0) return { signed: false, lines: numbered }
  const headersEnd = numbered.findIndex(({ text }, n) => n > begin && text.trim() === '')
  const end = lines.indexOf('-----BEGIN PGP SIGNATURE-----', begin)
  const inside = numbered.slice(headersEnd < 0 ? numbered.length : headersEnd + 1, end < 0 ? undefined : end)
  return { signed: true, lines: inside.map(({ line, text }) => ({ line, text: text.replace(/^- /, '') })) }
}
