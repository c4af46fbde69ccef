import type { Ground } from '../../ground.ts'
import { KnownFollower } from './known-follow.ts'
import { KnownMemory } from './known-memory.ts'

/** What commands and queries about other people's records stand on. */
export interface KnownDesk extends Ground {
  readonly book: KnownMemory
  readonly follower: KnownFollower
  /** Files being taken in by this process. */
  readonly taking: { now: number }
}

/** A desk whose book is empty until its follower reads. */
export function knownDesk(ground: Ground): KnownDesk {
  const book = new KnownMemory()
  return { ...ground, book, follower: new KnownFollower(ground.store, book), taking: { now: 0 } }
}
