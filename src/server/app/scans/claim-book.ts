import { DAY, type Instant, instant } from '../../../core/kernel/instant.ts'
import { ClaimIndex } from '../../../core/scans/claim-index.ts'
import type { Look } from '../../../core/scans/coverage.ts'
import type { ScanKnowledge } from '../../../core/scans/overlap.ts'
import { STALE_DAYS } from '../../../core/scans/scan-request.ts'
import type { ScanTarget } from '../../../core/scans/scan-target.ts'
import type { Ground } from '../../ground.ts'
import type { Tx } from '../../store/connection.ts'
import { claimsAfter } from '../../store/scan-claim.ts'
import { openClaim } from './claim-body.ts'
import { familyIn } from './look-family.ts'

export interface OpenClaim {
  readonly id: string
  readonly organisation: string
  readonly endsAt: Instant
  /** What its organisation wants the other side of an overlap to be told. */
  readonly reach: string | null
}

const AT_ONCE = 2000

/**
 * The claims in memory, unsealed: the records keep them sealed, so that nothing there could be searched. It follows the records by the
 * number of their changes and holds only what was committed, so it may be asked under the lock and be wrong about nothing.
 */
export class ClaimBook {
  readonly #ground: Pick<Ground, 'keys'>
  readonly #index = new ClaimIndex()
  readonly #open = new Map<string, OpenClaim>()
  readonly #looks = new Map<string, Look>()
  #seq = 0

  constructor(ground: Pick<Ground, 'keys'>) {
    this.#ground = ground
  }

  get size(): number {
    return this.#index.size
  }

  /** Brings the book up to what is committed; nobody else writes meanwhile when the caller holds the lock. */
  async catchUp(tx: Tx, now: Instant): Promise<void> {
    const horizon = now - STALE_DAYS * DAY
    for (;;) {
      const rows = await claimsAfter(tx, this.#seq, horizon, AT_ONCE)
      for (const row of rows) {
        // Two requests may read the same change: what is behind is passed over.
        if (row.seq <= this.#seq) continue
        this.#seq = row.seq
        this.#open.delete(row.id)
        this.#index.remove(row.id)
        const loaded = openClaim(this.#ground, row)
        if (loaded === null) continue
        const { claim, target, reach } = loaded
        if (claim.endedAt === null) {
          this.#open.set(row.id, { id: row.id, organisation: claim.organisation, endsAt: claim.endsAt, reach })
          this.#index.add(row.id, target)
        } else {
          this.#looks.set(row.id, {
            name: target.name,
            organisation: claim.organisation,
            at: claim.endedAt,
            family: familyIn(target),
            public: false,
          })
        }
      }
      if (rows.length < AT_ONCE) return
    }
  }

  /** The claims that overlap a target now: their leases are not over. */
  overlapping(target: ScanTarget, known: ScanKnowledge, now: Instant): readonly OpenClaim[] {
    return this.#index.overlapping(target, known).flatMap((id) => {
      const open = this.#open.get(id)
      return open !== undefined && open.endsAt > now ? [open] : []
    })
  }

  /** Looks that have ended within a year; older ones are dropped. */
  looks(now: Instant): readonly Look[] {
    const horizon = instant(now - STALE_DAYS * DAY)
    for (const [id, { at }] of this.#looks) if (at < horizon) this.#looks.delete(id)
    return [...this.#looks.values()]
  }
}
