import type { Random } from '../core/kernel/id.ts'
import type { Instant } from '../core/kernel/instant.ts'
import type { BlobStore } from './store/blobs/blob-store.ts'
import type { Store } from './store/connection.ts'
import type { KeyStore } from './store/keys/key-store.ts'

/** What every command stands on: the records, the keys, and the clock and randomness that are fixed from outside. */
export interface Ground {
  readonly store: Store
  readonly keys: KeyStore
  /** Large bodies, sealed under their finding's key. */
  readonly blobs: BlobStore
  readonly clock: () => Instant
  readonly random: Random
}
