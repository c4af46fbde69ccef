import type { Instant } from '../../kernel/instant.ts'

/** A value that somebody stands behind. Who said nothing is a null in its place, never a guess. */
export interface Stated<T> {
  readonly value: T
  /** Who judged: `operator`, `vendor`, `weir` where it was computed, or `feed:` and the feed’s name. */
  readonly by: string
  /** Document, catalogue version or file it stands in. */
  readonly source: string
  /** When it was said; null where the source gives no time. */
  readonly at: Instant | null
}
