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

/** A desk whose book is empty until its follower reads; `onError` is told what listeners of the book throw. */
export function knownDesk(ground: Ground, onError: (error: unknown) => void): KnownDesk {
  const book = new KnownMemory()
  return { ...ground, book, follower: new KnownFollower(ground.store, book, onError), taking: { now: 0 } }
}
