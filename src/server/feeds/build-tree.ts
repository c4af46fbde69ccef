import { isReadable } from '../../core/advisories/completeness.ts'
import type { Edition } from '../../core/advisories/edition.ts'
import type { Publisher } from '../../core/advisories/publisher.ts'
import type { Instant } from '../../core/kernel/instant.ts'
import { type FeedSigner, feedFile, signedFeed } from './signed-feed.ts'
import { TreeDraft } from './tree-draft.ts'
import { treeFiles } from './tree-files.ts'

export interface TreeAsked {
  /** Folder that is this builder's alone; the tree is served from `current` in it. */
  readonly folder: string
  /** Published and withdrawn editions, already presented for everyone. */
  readonly advisories: readonly Edition[]
  readonly publisher: Publisher
  /** The earlier of the clocks that the caller knows. */
  readonly at: Instant
  /** Who signs the feed in it; null: the tree has no signed feed. */
  readonly signer?: FeedSigner | null
}

export interface TreeBuilt {
  /** Files in the tree, those of them that were written, and the bytes of all. */
  readonly files: number
  readonly changed: number
  readonly bytes: number
  /** Whether `current` leads to a new tree now. */
  readonly switched: boolean
  /** Advisories left out: not TLP:CLEAR, dated after `at`, or not complete. */
  readonly left: readonly Edition['id'][]
  /** When its feed was signed; null: it has none. */
  readonly signedAt: number | null
}

const RECORDS = 'osv/all.ndjson'
const MANIFEST = 'feed/feed.json'

/** Builds the public tree beside the current one and switches to it; throws where the disk does, and the old tree stays. */
export function buildTree({ folder, advisories, publisher, at, signer = null }: TreeAsked): TreeBuilt {
  const out = advisories.filter((edition) => isPublic(edition, at))
  const left = advisories.filter((edition) => !isPublic(edition, at)).map(({ id }) => id)
  // Links lead into this tree, also where the publisher has moved since an advisory was written.
  const editions = out
    .map((edition) => ({
      ...edition,
      content: { ...edition.content, publisher: { ...edition.content.publisher, home: publisher.home } },
    }))
    .sort((a, b) => b.updated - a.updated || (a.id < b.id ? -1 : 1))
  const draft = new TreeDraft(folder)
  const encoder = new TextEncoder()
  let files = 0
  let bytes = 0
  const add = (path: string, encoded: Uint8Array): void => {
    draft.add(path, encoded)
    files += 1
    bytes += encoded.length
  }
  let records = new Uint8Array(0)
  for (const { path, text } of treeFiles(editions, publisher, at)) {
    const encoded = encoder.encode(text)
    if (path === RECORDS) records = encoded
    add(path, encoded)
  }
  const signed =
    signer === null ? null : signedFeed([feedFile('advisories.ndjson', records)], draft.before(MANIFEST), signer, at)
  if (signed !== null) {
    add('feed/advisories.ndjson', records)
    add(MANIFEST, encoder.encode(signed.text))
  }
  const switched = draft.finish()
  return { files, changed: draft.written, bytes, switched, left, signedAt: signed?.issuedAt ?? null }
}

function isPublic({ content, released, updated }: Edition, at: Instant): boolean {
  return content.distribution.tlp === 'CLEAR' && released <= at && updated <= at && isReadable(content)
}
