import { cpSync } from 'node:fs'
import { join } from 'node:path'
import type { Instant } from '../core/kernel/instant.ts'
import { buildTree } from '../server/feeds/build-tree.ts'
import type { FeedSigner } from '../server/feeds/signed-feed.ts'
import { SAMPLE_PUBLISHER, sampleEdition } from './sample-edition.ts'

/** Publishes sample advisories in a folder as a server does, and copies the signed feed of it to another. */
export function publishFeed(folder: string, copy: string, seeds: readonly number[], at: Instant, signer: FeedSigner): void {
  const advisories = seeds.map((seed) => sampleEdition(seed))
  buildTree({ folder, advisories, publisher: SAMPLE_PUBLISHER, at, signer })
  cpSync(join(folder, 'current/feed'), copy, { recursive: true, dereference: true })
}
