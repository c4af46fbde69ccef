import type { ItemRefusal } from '../../core/findings/refusal.ts'

/** The raw bytes of one item cut out of a report, or, with `refusal`, of what could not be cut (then at most their beginning). */
export interface Piece {
  /** JSON pointer or `line N`. */
  readonly at: string
  readonly bytes: Uint8Array
  readonly refusal: ItemRefusal | null
  /** The last line of a file without a line end: broken JSON there means that the file was cut off. */
  readonly unfinished: boolean
}

/** Bytes of an item too large to hold that are kept for its sender to recognise it by. */
export const KEPT_OF_TOO_LARGE = 1024

export function tooLarge(at: string, bytes: Uint8Array, itemBytes: number): Piece {
  const mend = `Send at most ${itemBytes} bytes in one item.`
  return { at, bytes, refusal: { code: 'item.too-large', where: at, mend }, unfinished: false }
}
