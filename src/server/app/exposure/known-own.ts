import { createHash } from 'node:crypto'
import type { Edition } from '../../../core/advisories/edition.ts'
import type { Publisher } from '../../../core/advisories/publisher.ts'
import { renderOsv } from '../../../formats/advisory/render-osv.ts'
import { readOsvRecord } from '../../../formats/known/osv-record.ts'
import { allPublished, publicMark } from '../../store/advisory.ts'
import { inTransaction } from '../../store/connection.ts'
import { KnownIntake, type KnownRow } from '../../store/known-intake.ts'
import type { KnownDesk } from './known-desk.ts'
import { OWN_FEED } from './known-import.ts'
import { rowOf } from './known-row.ts'

/** Keeps Weir's own published advisories among the records: the same words as its public OSV files, by the source `weir`. */
export class OwnRecords {
  readonly #desk: Pick<KnownDesk, 'store' | 'clock' | 'follower'>
  readonly #publisher: Publisher
  #mark: string | null = null

  constructor(desk: Pick<KnownDesk, 'store' | 'clock' | 'follower'>, publisher: Publisher) {
    this.#desk = desk
    this.#publisher = publisher
  }

  /** Takes over what was published since. Never called twice at once. */
  async follow(): Promise<void> {
    const { store, clock, follower } = this.#desk
    const { mark, editions } = await inTransaction(store, 'all', async (tx) => {
      const mark = await publicMark(tx)
      return { mark, editions: mark === this.#mark ? null : ((await allPublished(tx)) as Edition[]) }
    })
    if (editions === null) return
    // What is published once stays among the published, withdrawn or not.
    if (editions.length === 0) {
      this.#mark = mark
      return
    }
    const rows = editions.flatMap((edition) => this.#rowsOf(edition))
    const intake = await KnownIntake.open(store, true)
    try {
      await intake.add(rows)
      await intake.end({
        feed: OWN_FEED,
        digest: createHash('sha256').update(mark).digest(),
        kind: 'osv',
        whole: true,
        person: null,
        now: clock(),
        newest: rows.reduce<number | null>((held, { modified }) => Math.max(held ?? 0, modified ?? 0), null),
        catalogue: null,
        remove: { spared: [] },
        setAside: [],
        counts: (changed) => ({ ...changed, items: rows.length, entries: rows.length, setAsideCount: 0 }),
      })
    } finally {
      await intake.close()
    }
    this.#mark = mark
    await follower.follow()
  }

  #rowsOf({ content, ...edition }: Edition): KnownRow[] {
    const publisher = { ...content.publisher, home: this.#publisher.home }
    return renderOsv({ ...edition, content: { ...content, publisher } }).flatMap(({ record }) => {
      const read = readOsvRecord(record, OWN_FEED)
      const row = read.ok ? rowOf({ of: 'record', record: read.value }) : null
      // What states no time of its own never counts as older than what was said before.
      return row === null ? [] : [{ ...row, modified: null }]
    })
  }
}
