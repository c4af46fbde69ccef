const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i

/** A name that is safe as a file's name anywhere: ASCII letters, digits, dots, dashes; no path, no leading dot, at most 100 characters. */
export function inertFileName(name: string | null, n: number): string {
  const last = (name ?? '').slice(-300).split(/[/\\]/).at(-1) ?? ''
  const bare = last
    .normalize('NFKC')
    .replace(/[^A-Za-z0-9._-]+/g, '_')
    .replace(/\.{2,}/g, '.')
    .replace(/^[._-]+/, '')
    .slice(-100)
    .replace(/^[._-]+/, '')
  if (bare === '' || bare === '_') return `file-${n}`
  return RESERVED.test(bare) ? `file-${bare}` : bare
}
