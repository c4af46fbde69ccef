import type { ScanRequestList } from '../../../contract/shapes/scan.ts'
import { rulesFor } from '../../../core/access/permits.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { DAY, formatInstant, type Instant, instant } from '../../../core/kernel/instant.ts'
import type { OptOut } from '../../../core/scans/opt-out.ts'
import { rankRequests, SCORE_RULE, scanScore } from '../../../core/scans/scan-request.ts'
import { writeTarget } from '../../../core/scans/scan-target.ts'
import type { Tx } from '../../store/connection.ts'
import { lastCertified } from '../../store/scan-certificate.ts'
import { openRequests } from '../../store/scan-request.ts'
import { optOutsOf } from './opt-out-rows.ts'
import type { ScanDesk } from './scan-desk.ts'

/**
 * The ranked list as one viewer may know it: finders by certificates, which are public; who may write requests also by claims that
 * have ended. So a finder learns nothing of claims from where a target stands.
 */
export async function requestViews(desk: ScanDesk, tx: Tx, who: Principal): Promise<ScanRequestList> {
  const now = desk.clock()
  const keeps = rulesFor(who, 'write', 'scan-request').length > 0
  const namesOf = await desk.names.load(tx)
  const requests = await openRequests(tx, null)
  const names = [...new Set(requests.flatMap(({ body }) => namesOf(body.target.name)))]
  const said = await optOutsOf(tx, names)
  const looked = new Map(await lastCertified(tx, names))
  if (keeps) {
    await desk.book.catchUp(tx, now)
    for (const { name, at } of desk.book.looks(now)) looked.set(name, Math.max(at, looked.get(name) ?? at))
  }
  const facts = requests.map(({ id, body, takenUntil }) => {
    const own = namesOf(body.target.name)
    const conditions = said.filter(({ name }) => own.includes(name))
    const optOuts = conditions.map(({ says }) => says.kind)
    return {
      id,
      body,
      conditions,
      optOuts,
      criticality: body.criticality,
      lastLook: newest(own, looked),
      taken: (takenUntil ?? 0) > now,
    }
  })
  const offered = rankRequests(facts, now)
  const withheld = keeps ? facts.filter((one) => scanScore(one, now) === null).map((one) => ({ ...one, score: null })) : []
  return {
    rule: SCORE_RULE,
    rows: [...offered, ...withheld].map(({ id, body, conditions, criticality, lastLook, taken, score }) => ({
      id,
      ...writeTarget(body.target),
      criticality,
      source: body.source,
      score,
      lastLook: lastLook === null ? null : formatInstant(lastLook),
      taken,
      conditions: conditions.map(({ says }: OptOut) => says) as ScanRequestList['rows'][number]['conditions'],
    })),
  }
}

/** The newest look under any of its names, to the day. */
function newest(names: readonly string[], looked: ReadonlyMap<string, number>): Instant | null {
  const times = names.flatMap((name) => looked.get(name) ?? [])
  return times.length === 0 ? null : instant(Math.floor(Math.max(...times) / DAY) * DAY)
}
