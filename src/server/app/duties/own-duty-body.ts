import type { DutyList } from '../../../contract/shapes/duty.ts'
import type { Duty } from '../../../core/duties/duty.ts'
import { viewDuty } from '../../../core/duties/duty-view.ts'
import { readOwnDuty } from '../../../core/duties/own-duty.ts'
import type { Track } from '../../../core/duties/track.ts'
import type { Instant } from '../../../core/kernel/instant.ts'
import type { Ground } from '../../ground.ts'
import { openJson, sealJson } from '../../store/keys/seal.ts'
import type { OwnDutyRow } from '../../store/own-duty.ts'
import { dutyList } from './duty-out.ts'

/** What is sealed of an organisation's own duty. */
export interface OwnDutyBody {
  /** As it was written; `readOwnDuty` took it. */
  readonly given: unknown
  readonly track: Track
}

export interface OwnDuty {
  readonly row: OwnDutyRow
  readonly duty: Duty
  readonly track: Track
}

const place = (id: string) => `own-duty/${id}/body`

export function sealOwnDuty(ground: Pick<Ground, 'random'>, key: Uint8Array, id: string, body: OwnDutyBody): Buffer {
  return sealJson(key, body, place(id), ground.random)
}

/** A duty out of its row; null where its key is gone. */
export function openOwnDuty(
  { keys }: Pick<Ground, 'keys'>,
  row: OwnDutyRow,
): (OwnDuty & { readonly key: Buffer } & OwnDutyBody) | null {
  const [key] = keys.get([row.key_slot])
  if (!key) return null
  const body = openJson<OwnDutyBody>(key, row.body, place(row.id))
  const read = readOwnDuty(body.given)
  if (!read.ok) throw new Error('an own duty that was taken can be read again')
  return { ...body, row, duty: read.duty, key }
}

/** Own duties as their organisation reads them. */
export function ownDutyList(duties: readonly OwnDuty[], now: Instant): DutyList {
  return dutyList(
    duties.map(({ row, duty, track }) => ({ view: viewDuty(duty, track, now), key: row.id })),
    now,
  )
}
