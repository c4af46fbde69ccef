import { isReadable } from '../../core/advisories/completeness.ts'
import type { Edition } from '../../core/advisories/edition.ts'
import type { Publisher } from '../../core/advisories/publisher.ts'
import type { Instant } from '../../core/kernel/instant.ts'
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
}

/** Builds the public tree beside the current one and switches to it; throws where the disk does, and the old tree stays. */
export function buildTree({ folder, advisories, publisher, at }: TreeAsked): TreeBuilt {
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
  for (const { path, text } of treeFiles(editions, publisher, at)) {
    const encoded = encoder.encode(text)
    draft.add(path, encoded)
    files += 1
    bytes += encoded.length
  }
  const switched = draft.finish()
  return { files, changed: draft.written, bytes, switched, left }
}

function isPublic({ content, released, updated }: Edition, at: Instant): boolean {
  return content.distribution.tlp === 'CLEAR' && released <= at && updated <= at && isReadable(content)
}
