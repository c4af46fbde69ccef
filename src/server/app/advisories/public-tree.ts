import type { Edition } from '../../../core/advisories/edition.ts'
import type { TreeAsked, TreeBuilt } from '../../feeds/build-tree.ts'
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
  /** What the newest tree was built from; null: nothing was built by this process. */
  #mark: string | null = null

  constructor(desk: AdvisoryDesk, build: (asked: TreeAsked) => Promise<TreeBuilt>) {
    this.#desk = desk
    this.#build = build
  }

  /** Builds where the records have changed since. Never called twice at once: one builds in a folder at a time. */
  async follow(): Promise<void> {
    const { mark, at, advisories } = await inTransaction(this.#desk.store, 'all', async (tx) => {
      const mark = await publicMark(tx)
      const { now } = await readClocks(this.#desk, tx)
      return { mark, at: now, advisories: mark === this.#mark ? [] : ((await allPublished(tx)) as Edition[]) }
    })
    if (mark === this.#mark) return
    const { left } = await this.#build({ folder: this.#desk.feeds, advisories, publisher: this.#desk.publisher, at })
    // What lies ahead of a clock that was set back comes with a later turn.
    if (left.length === 0) this.#mark = mark
  }
}
