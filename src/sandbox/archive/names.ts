const MOST_DEPTH = 64
const MOST_PATH = 1024
const MOST_NAME = 255

export type CleanPath = { readonly path: string } | { readonly why: string }

/**
 * A path of a hostile archive as parts joined with `/`, relative and plain; '' for the root itself; else why it is not taken.
 * A leading `./` and a trailing `/` are the archiver's habit and are dropped; anything else that is not plain is refused.
 */
export function cleanPath(raw: string | null): CleanPath {
  if (raw === null) return { why: 'its name is not UTF-8' }
  if (raw.length > MOST_PATH) return { why: 'its name is too long' }
  if (raw.startsWith('/')) return { why: 'its name is absolute' }
  // Control characters reach terminals and lists; a backslash is a separator elsewhere.
  if (/[\x00-\x1f\x7f]/.test(raw)) return { why: 'its name holds control characters' }
  const parts = raw.split('/')
  if (parts.at(-1) === '') parts.pop()
  while (parts[0] === '.') parts.shift()
  if (parts.length > MOST_DEPTH) return { why: 'it lies too deep' }
  for (const part of parts) {
    if (part === '..') return { why: 'its name leads out' }
    if (part === '' || part === '.') return { why: 'its name is not plain' }
    if (Buffer.byteLength(part) > MOST_NAME) return { why: 'its name is too long' }
  }
  return { path: parts.join('/') }
}

/**
 * What a symbolic link at `path` may point to so that it stays inside the tree: leading `..` parts (the link's own folders, which are
 * real ones), then plain parts. An absolute target counts from `root`, the place the tree had, and is made relative. Null: it leads out.
 */
export function innerTarget(path: string, target: string | null, root: string): string | null {
  if (target === null || target === '' || target.length > MOST_PATH || /[\x00-\x1f\x7f]/.test(target)) return null
  const above = path.split('/').length - 1
  if (target.startsWith('/')) {
    const inside = root === '/' ? target : target.startsWith(`${root}/`) ? target.slice(root.length) : null
    const parts = inside?.split('/').filter((part) => part !== '' && part !== '.') ?? ['..']
    if (parts.includes('..')) return null
    return [...Array<string>(above).fill('..'), ...parts].join('/') || '.'
  }
  const parts = target.split('/').filter((part) => part !== '' && part !== '.')
  let up = 0
  while (parts[up] === '..') up++
  if (up > above || parts.indexOf('..', up) >= 0) return null
  return parts.join('/') || '.'
}

/** A name as it may be shown: short, and without what a terminal would obey. */
export function shownName(raw: string | null): string {
  const text = (raw ?? 'a name that is not UTF-8').replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '?')
  return text.length <= 200 ? text : `${text.slice(0, 199)}…`
}
