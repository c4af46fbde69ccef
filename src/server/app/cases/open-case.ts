import type { OpenCase } from '../../../contract/shapes/case.ts'
import { permits } from '../../../core/access/permits.ts'
import type { Principal } from '../../../core/access/principal.ts'
import type { CaseCommand } from '../../../core/cases/case-command.ts'
import type { CaseEvent } from '../../../core/cases/case-event.ts'
import { decideCase } from '../../../core/cases/decide.ts'
import { evolveCase, replayCase } from '../../../core/cases/evolve.ts'
import { openCase as decideOpening } from '../../../core/cases/open-case.ts'
import { type Id, newId, parseId } from '../../../core/kernel/id.ts'
import { casesOfFlaws, coordinatedBy } from '../../store/case.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { openGist } from '../findings/sealing.ts'
import { type CaseBody, EMPTY_BODY } from './case-body.ts'
import type { CaseDesk } from './case-desk.ts'
import { policyDates, policyNamed } from './embargo-dates.ts'
import { readClocks } from './releasing-now.ts'
import { storeCase } from './store-case.ts'

/** From which share of what runs a fix counts as deployed, until somebody's policy says otherwise. */
const DEPLOYED_FROM = 0.9

/** A coordinator opens a case about flaws that are in none; with a policy, its end is proposed at once. One key is made for it. */
export async function openCase(desk: CaseDesk, who: Principal, asked: OpenCase): Promise<Answer<{ id: string }>> {
  const { person, organisation } = who
  const subject = { noun: 'case' as const, stage: 'open' as const, organisation, person: null, held: false }
  if (person === null || organisation === null || !permits(who, 'send', subject)) return NOT_FOUND
  const wanted = [...new Set(asked.flaws)].map((text) => parseId('flaw', text))
  const policy = asked.policy === null ? null : policyNamed(asked.policy)
  if (asked.policy !== null && policy === null) return denied('request.invalid', 'There is no policy of that name.', 'policy')
  const flaws = wanted.flatMap((id) => id ?? [])
  if (flaws.length < wanted.length) return NO_FLAW
  const [key] = await desk.keys.allocate(1)
  if (key === undefined) throw new Error('the key store gave no key')
  const answer = await inTransaction(desk.store, 'all', async (tx): Promise<Answer<{ id: string }>> => {
    const free = await freeFlaws(desk, tx, flaws, organisation)
    if (!free.ok) return free
    if (asked.project !== null && !(await hasProject(tx, asked.project)))
      return denied('request.invalid', 'There is no project of that id.', 'project')
    const { now } = await readClocks(desk, tx)
    const id = newId('case', desk.random)
    const chair = newId('participant', desk.random)
    const asker = { kind: 'person' as const, person, participants: [], coordinator: true }
    const of = { case: id, coordinator: organisation, chair, flaws: flaws.map((flaw) => ({ flaw, cve: null })) }
    const decision = decideOpening({ ...of, latest: null, deployedFrom: DEPLOYED_FROM }, asker, now)
    if (!decision.ok) return denied('case.refused', decision.say, decision.code)
    const dates = policy === null ? null : policyDates(policy, chair, now, free.value.aiFound)
    let events: readonly CaseEvent[] = decision.events
    let opened = replayCase(events)!
    if (dates !== null && dates.endsAt !== 'none') {
      const { endsAt, policy: named, why } = dates
      const offer = { endsAt, policy: named, why: [...why] }
      const command: CaseCommand = { do: 'propose-embargo', participant: chair, ...offer, ...FIRST }
      const proposed = decideCase(opened, command, asker, now)
      if (!proposed.ok) return denied('case.refused', proposed.say, proposed.code)
      events = [...events, ...proposed.events]
      opened = proposed.events.reduce(evolveCase, opened)
    }
    const body: CaseBody = { ...EMPTY_BODY, case: opened, project: asked.project, dates: dates?.dates ?? [] }
    await storeCase(desk, tx, { body, key, now, version: 0, events })
    return done({ id })
  })
  if (!answer.ok) await desk.keys.erase([key.slot])
  return answer
}

const FIRST = { respondBy: null, silence: 'no', weighing: null } as const
const NO_FLAW = denied('request.invalid', 'There is no open flaw of that id.', 'flaws')

/** Whether all of them are open and in no open case, and whether AI found them as far as anybody has said. */
export async function freeFlaws(
  desk: Pick<CaseDesk, 'keys'>,
  tx: Tx,
  flaws: readonly Id<'flaw'>[],
  organisation: Id<'organisation'>,
): Promise<Answer<{ aiFound: boolean | null }>> {
  const rows = await tx.db
    .selectFrom('flaw')
    .select(['id', 'lead_finding', 'key_slot', 'summary'])
    .where('id', 'in', [...flaws])
    .where('state', '=', 'open')
    .execute()
  const keys = desk.keys.get(rows.map((row) => row.key_slot))
  if (rows.length < flaws.length || keys.includes(null)) return NO_FLAW
  const taken = [...(await casesOfFlaws(tx, flaws))]
  if (taken.length > 0) {
    // The name of a case is for those who coordinate it.
    const own = await coordinatedBy(
      tx,
      organisation,
      taken.map(([, id]) => id),
    )
    const say = taken.slice(0, 10).map(([flaw, id]) => `${flaw} is in ${own.has(id) ? id : 'another case'}`)
    return denied('case.flaw-taken', `${say.join('; ')}.`, 'flaws')
  }
  const said = rows.map((row, n) => openGist(keys[n]!, row.lead_finding, row.summary).summary.aiAssisted)
  return done({ aiFound: said.includes(true) ? true : said.includes(null) ? null : false })
}

async function hasProject(tx: Tx, id: string): Promise<boolean> {
  const row = await tx.db.selectFrom('project').select('id').where('id', '=', id).executeTakeFirst()
  return row !== undefined
}
