import assert from 'node:assert/strict'
import type { DocketAct, DocketView } from '../contract/shapes/docket.ts'
import type { Role } from '../core/access/principal.ts'
import type { Seat } from '../core/docket/seat.ts'
import type { Id } from '../core/kernel/id.ts'
import { DAY, formatInstant, instant } from '../core/kernel/instant.ts'
import { closeDocket } from '../server/app/docket/close-docket.ts'
import { sweepDockets } from '../server/app/docket/sweep-dockets.ts'
import { takeCustodyLog } from '../server/app/docket/take-custody-log.ts'
import { openSession } from '../server/identity/sessions.ts'
import type { TestDoor } from './door.ts'
import { type Member, member } from './members.ts'

export const FACTS = {
  days: 10,
  opensBy: 'first-call',
  level: 'AL1',
  retentionDays: 30,
  downtimeExtends: false,
  mayPublish: true,
  findingsToIntake: true,
  readersNamed: false,
} as const

/** A docket with people in all seats, moved on by the doors alone. */
export class DocketWorld {
  readonly door: TestDoor
  readonly people: ReadonlyMap<Seat, Member>
  readonly officer2: Member
  readonly id: string

  private constructor(door: TestDoor, people: ReadonlyMap<Seat, Member>, officer2: Member, id: string) {
    this.door = door
    this.people = people
    this.officer2 = officer2
    this.id = id
  }

  /** Opens one: everybody is seated, nobody read in. */
  static async open(door: TestDoor, more: object = {}, names = { developer: 'Model Makers', office: 'The Office' }) {
    const people = new Map<Seat, Member>()
    const add = async (seat: Seat, organisation: string, role: Role) => {
      people.set(seat, await member(door.ground, organisation, [role]))
    }
    await add('developer-lead', names.developer, 'developer')
    await add('developer-engineer', names.developer, 'developer')
    await add('docket-officer', names.office, 'officer')
    const officer2 = await member(door.ground, names.office, ['officer'])
    for (const seat of OFFICE) await add(seat, names.office, 'evaluator')
    await add('partner-person', 'A Partner', 'partner')
    const lead = people.get('developer-lead')!
    const office = people.get('docket-officer')!.organisation
    const body = { kind: 'access', office, model: 'Model Nine', question: 'Is it covered?', ...more }
    const opened = await door.ask('POST', '/v1/dockets', { as: lead.as, body })
    const text = await opened.text()
    assert.equal(opened.status, 201, text)
    const world = new DocketWorld(door, people, officer2, (JSON.parse(text) as DocketView).id)
    await world.act('docket-officer', { do: 'seat', person: people.get('docket-officer')!.id, seat: 'docket-officer' })
    await world.act('docket-officer', { do: 'seat', person: officer2.id, seat: 'docket-officer' })
    await world.act('developer-lead', {
      do: 'seat',
      person: people.get('developer-engineer')!.id,
      seat: 'developer-engineer',
    })
    for (const seat of OFFICE) await world.act('docket-officer', { do: 'seat', person: people.get(seat)!.id, seat })
    return world
  }

  who(seat: Seat): Member {
    return this.people.get(seat)!
  }

  /** An instant so many days from the test's now, as text. */
  in(days: number): string {
    return formatInstant(instant(this.door.time.now + days * DAY))
  }

  async get(as: Member | null, path = ''): Promise<Response> {
    return await this.door.ask('GET', `/v1/dockets/${this.id}${path}`, { as: as?.as ?? null })
  }

  async view(seat: Seat = 'developer-lead'): Promise<DocketView> {
    const answer = await this.get(this.who(seat))
    assert.equal(answer.status, 200, `${seat} does not see the docket`)
    return (await answer.json()) as DocketView
  }

  /** Tries an act at the newest version that this person sees. */
  async try(as: Member, act: DocketAct, version?: number): Promise<Response> {
    const seen = version ?? ((await (await this.get(as)).json()) as DocketView).version
    return await this.door.ask('POST', `/v1/dockets/${this.id}/acts`, { as: as.as, body: { version: seen ?? 1, act } })
  }

  /** Does an act and insists that it is taken. */
  async act(seat: Seat | Member, act: DocketAct): Promise<DocketView> {
    const answer = await this.try(typeof seat === 'string' ? this.who(seat) : seat, act)
    const text = await answer.text()
    assert.equal(answer.status, 200, `${JSON.stringify(act)}: ${text}`)
    return JSON.parse(text) as DocketView
  }

  async readIn(seat: Seat, compartment: 'D' | 'B' | 'R' | 'P', days = 60): Promise<void> {
    const person = this.who(seat).id
    await this.act('docket-officer', { do: 'read-in', person, compartment, until: this.in(days) })
    await this.act(this.officer2, { do: 'second-read-in', person, compartment })
  }

  async tryPaper(seat: Seat, object: string, text: string | Uint8Array, title = object): Promise<Response> {
    const path = `/v1/dockets/${this.id}/papers?object=${object}&title=${encodeURIComponent(title)}`
    return await this.door.ask('POST', path, { as: this.who(seat).as, body: text })
  }

  /** Adds a paper and answers its id. */
  async paper(seat: Seat, object: string, text: string, title = object): Promise<string> {
    const answer = await this.tryPaper(seat, object, text, title)
    const said = await answer.text()
    assert.equal(answer.status, 201, said)
    return (JSON.parse(said) as { id: string }).id
  }

  async signTerms(facts: object = {}, text = 'Terms of access.'): Promise<void> {
    await this.act('developer-lead', { do: 'offer-terms', text, facts: { ...FACTS, ...facts } })
    const { version, digest } = (await this.view()).terms.at(-1)!
    await this.act('developer-lead', { do: 'sign-terms', version, digest })
    await this.act('docket-officer', { do: 'sign-terms', version, digest })
  }

  async putEndpoint(more: object = {}): Promise<Response> {
    const endpoint = { api: 'openai-chat', base: 'https://models.example/v1', model: 'nine', sealed: 'sealed to the custodian' }
    return await this.door.ask('PUT', `/v1/dockets/${this.id}/endpoint`, {
      as: this.who('developer-engineer').as,
      body: { ...endpoint, ...more },
    })
  }

  /** Until access is ready: terms signed, release planned, endpoint given, dry run passed. */
  async makeReady(facts: object = {}, releaseIn = 60): Promise<DocketView> {
    await this.signTerms(facts)
    await this.act('developer-lead', { do: 'plan-release', planned: { at: this.in(releaseIn), zone: 'America/New_York' } })
    const put = await this.putEndpoint()
    assert.equal(put.status, 200, await put.text())
    return await this.act('developer-engineer', { do: 'dry-run' })
  }

  /** Lets time pass for everybody, and the sweeper and the custodian's log catch up. */
  async pass(milliseconds: number): Promise<void> {
    this.door.time.now = Math.max(this.door.time.now, Date.now()) + milliseconds
    for (const one of [...this.people.values(), this.officer2]) await this.signIn(one)
    await this.settle()
  }

  /** Sessions end with time, too. */
  async signIn(one: Member): Promise<void> {
    const { secret } = await openSession(this.door.ground, one.id as Id<'person'>)
    Object.assign(one, { as: { cookie: secret } })
  }

  async settle(): Promise<void> {
    await takeCustodyLog(this.door.desks.docket, this.id)
    await sweepDockets(this.door.desks.docket)
  }

  /** Runs the purge that a closing docket waits for. */
  async purge(): Promise<void> {
    await closeDocket(this.door.desks.docket, this.id)
  }
}

const OFFICE = [
  'access-custodian',
  'benchmark-custodian',
  'run-operator',
  'analyst',
  'second-analyst',
  'determining-authority',
  'partner-steward',
  'inspector',
] as const satisfies readonly Seat[]
