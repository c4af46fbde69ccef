import { BLOCK, headerOf, padding } from './tar-header.ts'

export interface Laid {
  /** Absolute, as inside the sandbox. */
  readonly path: string
  readonly bytes: Uint8Array
  readonly executable?: boolean
}

/** Time of every file that we lay out or pack: the same everywhere, and not before the first year that zip knows. */
export const PACKED_AT = 1_000_000_000

/** An archive for `/` of these files, in this order. */
export function writeTar(files: readonly Laid[]): Uint8Array {
  const parts: Uint8Array[] = []
  for (const { path, bytes, executable = false } of files) {
    const entry = { path: path.replace(/^\/+/, ''), kind: 'file', executable, target: '', size: bytes.length } as const
    parts.push(headerOf({ ...entry, mtime: PACKED_AT }), bytes, Buffer.alloc(padding(bytes.length)))
  }
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)])
}
