import type { DutyOut } from '../../../contract/shapes/duty.ts'
import { presentOwnDuties } from '../../../core/access/present/duty.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import type { Duty } from '../../../core/duties/duty.ts'
import { viewDuty } from '../../../core/duties/duty-view.ts'
import { readOwnDuty } from '../../../core/duties/own-duty.ts'
import type { Track } from '../../../core/duties/track.ts'
import type { Instant } from '../../../core/kernel/instant.ts'
import type { Ground } from '../../ground.ts'
import { keyedMac } from '../../store/keys/mac.ts'
import type { OwnDutyRow } from '../../store/own-duty.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { dutyOut } from './duty-out.ts'

/** A duty of the caller's organisation, presented to them. */
export function shownOwn(who: Principal, row: OwnDutyRow, duty: Duty, track: Track, now: Instant): Answer<Presented<DutyOut>> {
  const shown = presentOwnDuties(who, row.organisation_id, dutyOut(viewDuty(duty, track, now), row.id))
  return shown === null ? NOT_FOUND : done(shown)
}

/** A duty as its organisation wrote it, or what of it does not fit, with its place in the body. */
export function readGiven(given: unknown): Answer<Duty> {
  const read = readOwnDuty(given)
  if (read.ok) return done(read.duty)
  const [first] = read.problems
  return denied('request.invalid', `${first!.at || 'It'} ${first!.says}.`, `/duty/${first!.at}`)
}

/** The id that an organisation gave its duty, keyed: it gives each once. */
export function nameDigest(ground: Ground, organisation: string, duty: Duty): Buffer {
  const mac = keyedMac(ground.keys.secret('index'), 'own-duty-name')
  return Buffer.from(mac(Buffer.from(`${organisation}\n${duty.id}`)))
}
