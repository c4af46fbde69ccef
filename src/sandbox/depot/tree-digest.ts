import { createHash } from 'node:crypto'

/** What is at one path of a tree. */
export interface Leaf {
  readonly kind: 'file' | 'folder' | 'link'
  readonly executable: boolean
  readonly size: number
  /** SHA-256, in hex, of a file's bytes or of a link's target; empty for folders. */
  readonly digest: string
  readonly mtime: number
}

const LETTER = { file: 'f', folder: 'd', link: 'l' } as const

/**
 * SHA-256 over one line for each path, sorted by its UTF-8 bytes: `KIND MODE SIZE SHA256 PATH`, where KIND is f, d or l, MODE is x
 * for executable files and - else, and a folder's SHA256 is -. Times and owners do not count.
 */
export function treeDigest(leaves: ReadonlyMap<string, Leaf>): string {
  const paths = [...leaves.keys()].map((path) => Buffer.from(path)).sort(Buffer.compare)
  const hash = createHash('sha256')
  for (const bytes of paths) {
    const path = bytes.toString('utf8')
    const leaf = leaves.get(path)!
    hash.update(`${LETTER[leaf.kind]} ${leaf.executable ? 'x' : '-'} ${leaf.size} ${leaf.digest || '-'} ${path}\n`)
  }
  return `sha256:${hash.digest('hex')}`
}
