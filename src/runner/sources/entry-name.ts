import { createHash } from 'node:crypto'

/** A depot entry named after what it is made of: equal parts give the same entry, so that it is made once. */
export function entryOf(kind: 'raw' | 'src' | 'repo' | 'image', ...parts: readonly string[]): string {
  return `${kind}-${createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 40)}`
}
