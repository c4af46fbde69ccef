import type { Edition } from '../../../core/advisories/edition.ts'
import type { Instant } from '../../../core/kernel/instant.ts'
import type { TreeAsked, TreeBuilt } from '../../feeds/build-tree.ts'
import { type FeedSigner, isSignDue } from '../../feeds/signed-feed.ts'
import { allPublished, publicMark } from '../../store/advisory.ts'
import { inTransaction } from '../../store/connection.ts'
import { readClocks } from '../cases/releasing-now.ts'
import type { AdvisoryDesk } from './advisory-desk.ts'

/**
 * Keeps the public tree at what the records say. What is published commits first; the tree follows, at every turn and at start
 * whatever the last server left: killed at any point, it is whole, old or new, and is made up.
 */
export class PublicTree {
  readonly #desk: AdvisoryDesk
  readonly #build: (asked: TreeAsked) => Promise<TreeBuilt>
  readonly #signer: () => FeedSigner | null
  /** What the newest tree was built from; null: nothing was built by this process. */
  #mark: string | null = null
  #signedAt: number | null = null

  /** `signer` answers null while the log has stopped signing: then the feed is taken down rather than signed by a doubtful key. */
  constructor(
    desk: AdvisoryDesk,
    build: (asked: TreeAsked) => Promise<TreeBuilt>,
    signer: () => FeedSigner | null = () => null,
  ) {
    this.#desk = desk
    this.#build = build
    this.#signer = signer
  }

  /** Builds where the records have changed since, or the feed is due to be signed again. Never called twice at once: one builds in a folder at a time. */
  async follow(): Promise<void> {
    const signer = this.#signer()
    const { mark, at, advisories } = await inTransaction(this.#desk.store, 'all', async (tx) => {
      const mark = await publicMark(tx)
      const { now } = await readClocks(this.#desk, tx)
      const fresh = mark === this.#mark && !this.#isSignDue(signer, now)
      return { mark, at: now, advisories: fresh ? null : ((await allPublished(tx)) as Edition[]) }
    })
    if (advisories === null) return
    const { feeds: folder, publisher } = this.#desk
    const { left, signedAt } = await this.#build({ folder, advisories, publisher, at, signer })
    this.#signedAt = signedAt
    // What lies ahead of a clock that was set back comes with a later turn.
    if (left.length === 0) this.#mark = mark
  }
  #isSignDue(signer: FeedSigner | null, now: Instant): boolean {
    if (signer === null || this.#signedAt === null) return (signer === null) !== (this.#signedAt === null)
    return isSignDue(this.#signedAt, now)
  }
}
