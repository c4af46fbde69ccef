import type { OpenDocket } from '../../../contract/shapes/docket.ts'
import { permits } from '../../../core/access/permits.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { decideDocket } from '../../../core/docket/decide.ts'
import { evolveDocket } from '../../../core/docket/evolve.ts'
import { openDocket as decideOpening } from '../../../core/docket/open-docket.ts'
import { ACCESS_POLICIES } from '../../../core/docket/policy.ts'
import { newId, parseId } from '../../../core/kernel/id.ts'
import { parseInstant } from '../../../core/kernel/instant.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { insertDocket, syncSeats } from '../../store/docket.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { isZone } from './act-command.ts'
import { loadAgreement } from './agreement-rows.ts'
import { plantCanaries } from './canary.ts'
import { storeEvents } from './command-docket.ts'
import { type DocketBody, sealBody } from './docket-body.ts'
import { type DocketDesk, decidingNow } from './docket-desk.ts'
import { freshKeys } from './docket-keys.ts'
import { addPaper } from './papers.ts'

/** Dockets that one organisation may have open at once: more is no work but a disk to fill. */
const MOST_OPEN = 500

/** A developer asks an office about a model, or gives notice of one. Five keys are made, one for each compartment. */
export async function openDocket(desk: DocketDesk, who: Principal, asked: OpenDocket): Promise<Answer<{ id: string }>> {
  const { person, organisation } = who
  const office = parseId('organisation', asked.office)
  const subject = { noun: 'docket' as const, stage: 'open' as const, organisation, person, held: false }
  if (person === null || organisation === null || !permits(who, 'send', subject)) return NOT_FOUND
  const at = asked.planned === null ? null : parseInstant(asked.planned.at)
  if (asked.planned !== null && (at === null || !isZone(asked.planned.zone)))
    return denied('request.invalid', 'An instant with its zone, and a zone such as America/New_York.', 'planned')
  const planned = asked.planned === null || at === null ? null : { at, zone: asked.planned.zone }
  const fresh = await freshKeys(desk.keys)
  const answer = await inTransaction(desk.store, 'all', async (tx): Promise<Answer<{ id: string }>> => {
    if (office === null || !(await hasOfficer(tx, office)))
      return denied('request.invalid', 'There is no office of that id that keeps dockets.', 'office')
    if ((await openOf(tx, organisation)) >= MOST_OPEN) return denied('quota.exceeded', `At most ${MOST_OPEN} dockets at once.`)
    const agreed = asked.agreement === null ? null : await loadAgreement(desk, tx, asked.agreement)
    if (asked.agreement !== null && (agreed === null || agreed.agreement.developer !== organisation))
      return denied('request.invalid', 'There is no agreement of that id.', 'agreement')
    const id = newId('docket', desk.random)
    const now = await decidingNow(desk, tx)
    const policy = ACCESS_POLICIES[0]!
    const of = { docket: id, kind: asked.kind, developer: organisation, office, policy: policy.id, planned }
    const asker = { kind: 'person' as const, person, organisation, party: 'developer' as const }
    const decision = decideOpening({ ...of, agreement: agreed?.agreement ?? null }, asker, now)
    if (!decision.ok) return denied('docket.refused', decision.say, decision.code)
    const opened = decision.events.reduce(evolveDocket, null as never)
    const ripe = decideDocket(opened, { do: 'clock' }, { kind: 'machine' }, now, policy)
    const events = [...decision.events, ...(ripe.ok ? ripe.events : [])]
    const docket = events.reduce(evolveDocket, null as never)
    const body: DocketBody = { docket, model: asked.model, question: asked.question, calls: [], custody: null, purge: null }
    await insertDocket(tx, docket, fresh.slots, sealBody(fresh.of.J.key, id, body, desk.random), null)
    await syncSeats(tx, id, docket.seats)
    await storeEvents(desk, tx, { docket: { ...docket, version: 0 }, now }, events)
    const holder = { row: { id }, now, key: (compartment: keyof typeof fresh.of) => fresh.of[compartment] }
    await plantCanaries(desk, tx, holder)
    if (agreed !== null) {
      const content = Buffer.from(agreed.text)
      await addPaper(desk, tx, holder, { object: 'terms', title: 'Terms of the standing agreement', person, of: 1, content })
    }
    return done({ id })
  })
  if (!answer.ok) await desk.keys.erase(Object.values(fresh.slots))
  return answer
}

async function hasOfficer(tx: Tx, office: string): Promise<boolean> {
  const row = await tx.db
    .selectFrom('person')
    .select('id')
    .where('organisation_id', '=', office)
    .where('state', '=', 'active')
    .where(
      (is) => is.val('officer'),
      '=',
      (is) => is.fn.any('roles'),
    )
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

async function openOf(tx: Tx, organisation: string): Promise<number> {
  const row = await tx.db
    .selectFrom('docket')
    .select((of) => of.fn.countAll<number>().as('n'))
    .where('developer_id', '=', organisation)
    .where('stage', '=', 'open')
    .executeTakeFirstOrThrow()
  return Number(row.n)
}
