import type { PatchedIn, PatchedOut, UptakeOut } from '../../../contract/shapes/exposure.ts'
import { presentExposure } from '../../../core/access/present/exposure.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { foldedId } from '../../../core/exposure/aliases/flaw-names.ts'
import { formatInstant } from '../../../core/kernel/instant.ts'
import { inTransaction } from '../../store/connection.ts'
import { countDay, daysOf, isPatchedFull, putPatched } from '../../store/exposure-uptake.ts'
import { holdObligations } from '../../store/obligation.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import type { ExposureDesk } from './exposure-desk.ts'
import { obligationMacs } from './obligation-body.ts'

/** How much of what the caller's organisation owed was settled, day by day, over assets and flaws. */
export async function readUptake(desk: ExposureDesk, who: Principal): Promise<Answer<Presented<UptakeOut>>> {
  const { organisation } = who
  if (organisation === null) return NOT_FOUND
  const days = await inTransaction(desk.store, { organisation }, async (tx) => {
    await countDay(tx, organisation, formatInstant(desk.clock()).slice(0, 10))
    return await daysOf(tx, organisation)
  })
  const points = days.map(({ day, open, settled }) => ({ at: `${day}T00:00:00Z`, open, settled }))
  const shown = presentExposure(who, organisation, { action: 'list', noun: 'obligation' }, { points })
  return shown === null ? NOT_FOUND : done(shown)
}

/** Flaws of which one organisation says counts: several times what any operator has, and no room for a list of invented ones. */
const MOST_FLAWS = 20_000

/** Takes the counts of one flaw from an operator that matches at home, in place of what it said before; no name of any asset. */
export async function reportPatched(
  desk: ExposureDesk,
  who: Principal,
  given: PatchedIn,
  most: number = MOST_FLAWS,
): Promise<Answer<Presented<PatchedOut>>> {
  const { organisation } = who
  if (organisation === null) return NOT_FOUND
  const { flaw, patched, total } = given
  if (patched > total) return denied('request.invalid', 'No more can be patched than had it.', '/patched')
  const group = desk.known.groupOf(flaw)
  const now = desk.clock()
  const isFull = await inTransaction(desk.store, { organisation }, async (tx) => {
    await holdObligations(tx, organisation)
    const digest = obligationMacs(desk).flaw(group?.primary ?? foldedId(flaw))
    if (await isPatchedFull(tx, organisation, digest, most)) return true
    await putPatched(tx, { organisation, flaw: digest, patched, total, now })
    return false
  })
  if (isFull) return denied('quota.exceeded', `An organisation says counts of at most ${most} flaws.`)
  const out = { flaw, patched, total, at: formatInstant(now) }
  const shown = presentExposure(who, organisation, { action: 'send', noun: 'obligation' }, out)
  return shown === null ? NOT_FOUND : done(shown)
}
