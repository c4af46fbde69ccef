import { parseId } from '../../../core/kernel/id.ts'
import { instant } from '../../../core/kernel/instant.ts'
import type { Claim } from '../../../core/scans/claim.ts'
import type { ScanTarget } from '../../../core/scans/scan-target.ts'
import type { Ground } from '../../ground.ts'
import { openJson, sealJson } from '../../store/keys/seal.ts'
import type { ClaimRow } from '../../store/scan-claim.ts'

/** What is sealed of a claim. */
export interface ClaimBody {
  readonly target: ScanTarget
  readonly reach: string | null
  readonly consent: string | null
}

export interface LoadedClaim extends ClaimBody {
  readonly claim: Claim
  readonly row: ClaimRow
}

const place = (id: string) => `claim/${id}/body`

export function sealClaim(ground: Pick<Ground, 'random'>, key: Uint8Array, id: string, body: ClaimBody): Buffer {
  return sealJson(key, body, place(id), ground.random)
}

/** A claim out of its row; null where its key is gone. */
export function openClaim({ keys }: Pick<Ground, 'keys'>, row: ClaimRow): LoadedClaim | null {
  const [key] = keys.get([row.key_slot])
  const [id, organisation] = [parseId('claim', row.id), parseId('organisation', row.organisation_id)]
  if (!key || id === null || organisation === null) return null
  const body = openJson<ClaimBody>(key, row.body, place(row.id))
  const { version, state, renewals } = row
  const claim: Claim = {
    id,
    version,
    state,
    organisation,
    target: body.target,
    madeAt: instant(row.made_at),
    endsAt: instant(row.ends_at),
    renewals,
    endedAt: row.ended_at === null ? null : instant(row.ended_at),
  }
  return { ...body, claim, row }
}
