import type { DocketAct, OpenDocket } from '../contract/shapes/docket.ts'
import type { Principal } from '../core/access/principal.ts'
import type { Compartment } from '../core/docket/compartment.ts'
import type { Seat } from '../core/docket/seat.ts'
import { planBytes } from '../core/evaluation/plan/plan-file.ts'
import { samplePlan } from '../core/evaluation/plan/sample-plan.ts'
import { DAY, formatInstant, instant } from '../core/kernel/instant.ts'
import { actDocket } from '../server/app/docket/act-docket.ts'
import { openByCall, putEndpoint } from '../server/app/docket/act-endpoint.ts'
import type { DocketDesk } from '../server/app/docket/docket-desk.ts'
import { loadDocket } from '../server/app/docket/load-docket.ts'
import { openDocket } from '../server/app/docket/open-docket.ts'
import { addPaper } from '../server/app/docket/paper-desk.ts'
import { askCustody } from '../server/app/docket/tell-custody.ts'
import { inTransaction } from '../server/store/connection.ts'
import { type Cast, loadCast, must } from './docket-cast.ts'
import type { DocketCast } from './docket-people.ts'
import { FIRST_TERMS, MODEL, QUESTIONS, SECOND_TERMS, TALK, TERMS_FACTS } from './docket-script.ts'

/** Where the demo's model answers, and its key sealed to a recipient: an age file in base64. */
export interface DemoModel {
  readonly base: string
  readonly sealed: (recipient: string) => Promise<string>
}

/** Seats of the first docket; the lead sits already, the officer sits down itself. */
const SEATS: readonly (readonly [DocketCast, Seat])[] = [
  ['officer', 'docket-officer'],
  ['deputy', 'docket-officer'],
  ['deputy', 'run-operator'],
  ['bench', 'benchmark-custodian'],
  ['analyst', 'analyst'],
  ['second', 'second-analyst'],
  ['authority', 'determining-authority'],
  ['authority', 'partner-steward'],
  ['inspector', 'inspector'],
]
const READ_INS: readonly (readonly [DocketCast, Compartment])[] = [
  ['bench', 'B'],
  ['authority', 'B'],
  ['analyst', 'R'],
  ['second', 'R'],
  ['authority', 'R'],
  ['authority', 'P'],
]
const READ_DAYS = 60
const RELEASE_DAYS = 24

/**
 * Makes the demo's two dockets by the commands that people have: one whose window is open against the demo's model, one at inquiry.
 * Answers the id of the first. Throws with the refusal where a command is refused.
 */
export async function seedDockets(desk: DocketDesk, model: DemoModel): Promise<string> {
  const cast = await loadCast(desk)
  await open(desk, cast('asker'), cast('officer'), { ...QUESTIONS.second, planned: null })
  const planned = { at: inDays(desk, RELEASE_DAYS), zone: 'America/New_York' }
  const id = await open(desk, cast('lead'), cast('officer'), { ...QUESTIONS.first, planned })
  const act = async (name: DocketCast, what: DocketAct) => {
    const version = await versionOf(desk, id)
    must(await actDocket(desk, cast(name), id, { version, act: what }), `${name} ${what.do}`)
  }
  await seat(desk, act, cast)
  await act('authority', { do: 'answer-inquiry', answer: 'undetermined' })
  await act('officer', { do: 'offer-terms', text: FIRST_TERMS, facts: { ...TERMS_FACTS, retentionDays: 90 } })
  await act('lead', { do: 'offer-terms', text: SECOND_TERMS, facts: TERMS_FACTS })
  for (const name of ['lead', 'officer'] as const) await act(name, { do: 'sign-terms', ...(await newestTerms(desk, id)) })
  for (const [name, text] of TALK)
    must(await addPaper(desk, cast(name), id, { object: 'message', title: '' }, bytesOf(text)), 'a message')
  const plan = new TextDecoder().decode(planBytes(samplePlan()))
  await act('bench', { do: 'lay-plan', plan, why: null })
  const custody = await askCustody(desk.custody, { do: 'recipient' })
  if (custody.did !== 'recipient') throw new Error('the custodian names no recipient')
  const sealed = await model.sealed(custody.recipient)
  const endpoint = { api: 'openai-chat', base: model.base, model: MODEL, spki: null, sealed } as const
  must(await putEndpoint(desk, cast('lead'), id, endpoint), 'the endpoint')
  await act('lead', { do: 'dry-run' })
  must(await openByCall(desk, id), 'the first call')
  return id
}

type Acting = (name: DocketCast, what: DocketAct) => Promise<void>

async function seat(desk: DocketDesk, act: Acting, cast: Cast): Promise<void> {
  const until = inDays(desk, READ_DAYS)
  for (const [name, seat] of SEATS) await act('officer', { do: 'seat', person: cast(name).person!, seat })
  for (const [name, compartment] of READ_INS) {
    const person = cast(name).person!
    await act('officer', { do: 'read-in', person, compartment, until })
    await act('deputy', { do: 'second-read-in', person, compartment })
  }
}

async function open(
  desk: DocketDesk,
  developer: Principal,
  officer: Principal,
  asked: Omit<OpenDocket, 'office' | 'agreement'>,
): Promise<string> {
  const opened = await openDocket(desk, developer, { ...asked, office: officer.organisation!, agreement: null })
  return must(opened, 'a docket').id
}

async function versionOf(desk: DocketDesk, id: string): Promise<number> {
  return (await load(desk, id)).docket.version
}

async function newestTerms(desk: DocketDesk, id: string): Promise<{ version: number; digest: string }> {
  const { version, digest } = (await load(desk, id)).docket.terms.at(-1)!
  return { version, digest }
}

async function load(desk: DocketDesk, id: string) {
  const loaded = await inTransaction(desk.store, 'all', (tx) => loadDocket(desk, tx, id))
  if (loaded === null) throw new Error('the docket is gone')
  return loaded
}

const inDays = ({ clock }: DocketDesk, days: number) => formatInstant(instant(clock() + days * DAY))

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text)
}
