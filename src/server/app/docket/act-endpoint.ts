import type { CustodyOut, PutEndpoint } from '../../../contract/shapes/docket.ts'
import { presentDocket } from '../../../core/access/present/docket.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { decideDocket } from '../../../core/docket/decide.ts'
import type { DocketCommand } from '../../../core/docket/docket-command.ts'
import { policyOf } from '../../../core/docket/policy.ts'
import { mayRead } from '../../../core/docket/reading.ts'
import type { Seat } from '../../../core/docket/seat.ts'
import { instant } from '../../../core/kernel/instant.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import type { CustodyAct } from './act-command.ts'
import { type Commanded, carryOut, tellDocket } from './command-docket.ts'
import type { DocketDesk } from './docket-desk.ts'
import { type SeenDocket, seeDocket, subjectOf } from './load-docket.ts'
import { addPaper } from './papers.ts'
import { askCustody, refusalOf } from './tell-custody.ts'
import { writeDeed } from './write-access.ts'

/** Who gives the endpoint and its key, and takes them back. */
const GIVERS: readonly Seat[] = ['developer-lead', 'developer-engineer']

/** What a docket keeps of its endpoint, in D. */
export interface EndpointPaper {
  readonly api: PutEndpoint['api']
  readonly base: string
  readonly model: string
  readonly spki: string | null
}

/** To whom the developer seals the endpoint's key: for those who may give one. */
export async function custodyRecipient(desk: DocketDesk, who: Principal, text: string): Promise<Answer<Presented<CustodyOut>>> {
  const seen = await inTransaction(desk.store, 'all', (tx) => seeDocket(desk, tx, who, 'read', text))
  if (seen === null || !seen.seats.some((seat) => GIVERS.includes(seat))) return NOT_FOUND
  if (seen.docket.closing !== null) return denied('docket.closed')
  const answer = await askCustody(desk.custody, { do: 'recipient' })
  if (answer.did !== 'recipient') return refusalOf(answer) ?? denied('server.unavailable')
  const { recipient, isolation } = answer
  const shown = presentDocket(who, subjectOf(seen.row, true), { recipient, isolation })
  return shown === null ? NOT_FOUND : done(shown)
}

/**
 * Takes an endpoint: the sealed key goes to the custodian as it came, the address lies in D, and a probe takes the first
 * fingerprint. The endpoint that was there before is no more, with its baseline and dry run.
 */
export async function putEndpoint(desk: DocketDesk, who: Principal, text: string, given: PutEndpoint): Promise<Answer<null>> {
  const { sealed, ...endpoint } = given
  const taken = await inTransaction(desk.store, 'all', async (tx): Promise<Answer<Commanded>> => {
    const seen = await seeDocket(desk, tx, who, 'write', text, true)
    if (seen === null || !seen.seats.some((seat) => GIVERS.includes(seat))) return NOT_FOUND
    const command = { do: 'endpoint-registered' } as const
    const possible = wouldTake(seen, command)
    if (!possible.ok) return possible
    const refused = refusalOf(await askCustody(desk.custody, { do: 'register', docket: seen.docket.id, endpoint, sealed }))
    if (refused !== null) return refused
    await writeDeed(tx, seen, 'endpoint', 'endpoint-given', null)
    return await carryOut(desk, tx, seen, { kind: 'machine' }, { command, store: (tx) => keep(desk, tx, seen, endpoint) })
  })
  return taken.ok ? await probe(desk, taken.value.docket.id) : taken
}

async function keep(desk: DocketDesk, tx: Tx, seen: SeenDocket, endpoint: EndpointPaper): Promise<void> {
  const content = Buffer.from(JSON.stringify(endpoint))
  await addPaper(desk, tx, seen, { object: 'endpoint', title: 'Endpoint', person: seen.person, content })
}

function wouldTake(seen: SeenDocket, command: DocketCommand): Answer<null> {
  const policy = policyOf(seen.docket.policy)
  const decision = policy === null ? null : decideDocket(seen.docket, command, { kind: 'machine' }, seen.now, policy)
  if (decision === null) return denied('docket.refused')
  return decision.ok ? done(null) : denied('docket.refused', decision.say, decision.code)
}

/** Probes the endpoint, sends the one dummy call of the dry run, or gives the custodian another key. */
export async function actOnEndpoint(
  desk: DocketDesk,
  who: Principal,
  text: string,
  version: number,
  act: CustodyAct,
): Promise<Answer<null>> {
  const allowed = await inTransaction(desk.store, 'all', async (tx): Promise<Answer<SeenDocket>> => {
    const seen = await seeDocket(desk, tx, who, 'decide', text, true)
    if (seen === null) return NOT_FOUND
    const may =
      act.do === 'rotate-key'
        ? seen.seats.some((seat) => GIVERS.includes(seat))
        : mayRead(seen.docket, seen.person, 'endpoint', seen.now)
    if (!may)
      return seen.seats.length === 0
        ? NOT_FOUND
        : denied('docket.refused', 'None of your seats in this docket lets you do this.', 'asker.no-seat')
    if (seen.docket.endpoint === null) return denied('docket.refused', 'No endpoint has been registered yet.', 'endpoint.none')
    if (version !== seen.docket.version) return denied('docket.changed', 'Load it again and decide on what you see then.')
    await writeDeed(tx, seen, 'endpoint', act.do, null)
    return done(seen)
  })
  if (!allowed.ok) return allowed
  const { docket } = allowed.value
  if (act.do === 'rotate-key')
    return refusalOf(await askCustody(desk.custody, { do: 'rotate', docket: docket.id, sealed: act.sealed })) ?? done(null)
  const probed = await probe(desk, docket.id)
  if (!probed.ok || act.do === 'probe') return probed
  const passed = await tellDocket(desk, docket.id, () => done({ command: { do: 'dry-run-passed' } }))
  return passed.ok ? done(null) : passed
}

/** Asks the endpoint the fixed questions, and tells the docket what answered. */
export async function probe(desk: DocketDesk, docket: string): Promise<Answer<null>> {
  const answer = await askCustody(desk.custody, { do: 'probe', docket })
  if (answer.did !== 'probed') return refusalOf(answer) ?? denied('server.unavailable')
  const { fingerprint, changed } = answer
  const told = await tellDocket(desk, docket, () => done({ command: { do: 'endpoint-probed', fingerprint, changed } }))
  return told.ok ? done(null) : told
}

/**
 * Opens the window of a docket whose terms open it by the first call: an authenticated call that passes, the probe, is that call.
 * Does nothing where the window is open; for whoever is about to make the first measurement. A window that the custodian knows
 * already, because a server died before it could write it down, began when it was laid there.
 */
export async function openByCall(desk: DocketDesk, docket: string): Promise<Answer<null>> {
  const probed = await probe(desk, docket)
  if (!probed.ok) return probed
  const status = await askCustody(desk.custody, { do: 'status', docket })
  const since = status.did === 'status' && status.window !== null ? instant(status.window.opens) : null
  const opened = await tellDocket(desk, docket, () => done({ command: { do: 'first-call', since } }))
  return opened.ok ? done(null) : opened
}
