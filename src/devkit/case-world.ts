import assert from 'node:assert/strict'
import type { CaseAct, CaseList, CaseView, OpenCase } from '../contract/shapes/case.ts'
import type { ProjectOut, ProofOut } from '../contract/shapes/project.ts'
import type { Role } from '../core/access/principal.ts'
import { formatInstant, HOUR, instant } from '../core/kernel/instant.ts'
import { sweepCases } from '../server/app/cases/sweep-cases.ts'
import { openSession } from '../server/identity/sessions.ts'
import { clusterWorker } from '../server/jobs/workers/cluster.ts'
import type { TestDoor } from './door.ts'
import { type Member, member, organisationNamed } from './members.ts'

const PATCH = '--- a/src/link.c\n+++ b/src/link.c\n@@ -1 +1 @@\n-copy(all)\n+copy(some)\n'

/** Finders, a coordinator, vendors and distributors, and flaws that the finders sent; moved on by the doors alone. */
export class CaseWorld {
  readonly door: TestDoor
  readonly coordinator: Member
  readonly stranger: Member
  readonly finders: readonly Member[]
  readonly vendors: readonly Member[]
  readonly distributors: readonly Member[]
  /** One per title, by title. */
  readonly flaws: ReadonlyMap<string, string>

  private constructor(door: TestDoor, people: People, flaws: ReadonlyMap<string, string>) {
    this.door = door
    this.coordinator = people.coordinator
    this.stranger = people.stranger
    this.finders = people.finders
    this.vendors = people.vendors
    this.distributors = people.distributors
    this.flaws = flaws
  }

  /** Opens the world: `vendors` of them, two distributors, three finders of one flaw each. */
  static async open(door: TestDoor, size: { readonly vendors?: number } = {}): Promise<CaseWorld> {
    const many = async (count: number, name: string, role: Role) =>
      await Promise.all(Array.from({ length: count }, (_, n) => member(door.ground, `${name} ${n + 1}`, [role])))
    const people: People = {
      coordinator: await member(door.ground, 'The Clearinghouse', ['coordinator']),
      stranger: await member(door.ground, 'Nobody at all', ['finder', 'maintainer', 'operator', 'partner']),
      finders: await many(3, 'Finder', 'finder'),
      vendors: await many(size.vendors ?? 3, 'Vendor', 'maintainer'),
      distributors: await many(2, 'Distributor', 'operator'),
    }
    for (const [n, one] of people.finders.entries()) await send(door, one, `Overflow number ${n + 1}`, n)
    const { desks } = door
    const cluster = clusterWorker(door.ground, desks.macs, desks.board, desks.hub, (error) => assert.fail(String(error)))
    await cluster({}, new AbortController().signal)
    const list = await (await door.ask('GET', '/v1/flaws?tab=everything&limit=100', { as: people.coordinator.as })).json()
    const rows = (list as { rows: { id: string; title: string }[] }).rows
    return new CaseWorld(door, people, new Map(rows.map(({ id, title }) => [title, id])))
  }

  flaw(n: number): string {
    const id = this.flaws.get(`Overflow number ${n}`)
    assert.ok(id !== undefined, `no flaw ${n}`)
    return id
  }

  /** An instant so many milliseconds from the test's now, as text. */
  in(ms: number): string {
    return formatInstant(instant(this.door.time.now + ms))
  }

  /** Lets time pass, and the clock tell the cases that wait for it. Sessions that are over are opened anew. */
  async pass(ms: number): Promise<void> {
    this.door.time.now += ms
    const { coordinator, stranger, finders, vendors, distributors } = this
    if (ms > HOUR)
      for (const one of [coordinator, stranger, ...finders, ...vendors, ...distributors])
        Object.assign(one, { as: { cookie: (await openSession(this.door.ground, one.id)).secret } })
    while ((await sweepCases(this.door.desks.cases)) > 0);
  }

  async tryOpen(asked: Partial<OpenCase> & Pick<OpenCase, 'flaws'>, as: Member = this.coordinator): Promise<Response> {
    return await this.door.ask('POST', '/v1/cases', { as: as.as, body: asked })
  }

  async openCase(flaws: readonly string[], more: Partial<OpenCase> = {}): Promise<CaseView> {
    const answer = await this.tryOpen({ ...more, flaws: [...flaws] })
    const text = await answer.text()
    assert.equal(answer.status, 201, text)
    return JSON.parse(text) as CaseView
  }

  async get(as: Member | null, id: string, rest = ''): Promise<Response> {
    return await this.door.ask('GET', `/v1/cases/${id}${rest}`, { as: as?.as ?? null })
  }

  async view(as: Member, id: string): Promise<CaseView> {
    const answer = await this.get(as, id)
    const text = await answer.text()
    assert.equal(answer.status, 200, text)
    return JSON.parse(text) as CaseView
  }

  async list(as: Member, query = ''): Promise<CaseList> {
    return (await (await this.door.ask('GET', `/v1/cases${query}`, { as: as.as })).json()) as CaseList
  }

  /** Tries an act at the newest version that this person sees. */
  async try(as: Member, id: string, act: object, version?: number): Promise<Response> {
    const seen = version ?? ((await (await this.get(as, id)).json()) as CaseView).version ?? 1
    return await this.door.ask('POST', `/v1/cases/${id}/acts`, { as: as.as, body: { version: seen, act } })
  }

  /** Does an act and insists that it is taken. */
  async act(as: Member, id: string, act: Partial<CaseAct> & { do: CaseAct['do'] }): Promise<CaseView> {
    const answer = await this.try(as, id, act)
    const text = await answer.text()
    assert.equal(answer.status, 200, `${JSON.stringify(act)}: ${text}`)
    return JSON.parse(text) as CaseView
  }

  /** Does the last act that ends one's own reading. */
  async leave(as: Member, id: string): Promise<Response> {
    return await this.try(as, id, { do: 'leave', party: await this.party(as, id) })
  }

  /** The participant for which somebody speaks. */
  async party(as: Member, id: string): Promise<string> {
    const [you] = (await this.view(as, id)).you
    assert.ok(you !== undefined, 'takes no part')
    return you
  }

  async invite(id: string, whom: Member, kind: string, more: object = {}): Promise<void> {
    await this.act(this.coordinator, id, { do: 'invite', organisation: whom.organisation, kind, tier: 0, ...more } as never)
  }

  /** Accepts the invitation as it is shown. */
  async accept(as: Member, id: string): Promise<CaseView> {
    const { embargo, you } = await this.view(as, id)
    const version = embargo.terms?.version ?? embargo.open[0]?.number ?? null
    return await this.act(as, id, { do: 'accept', party: you[0]!, version })
  }

  /** Invites and accepts. */
  async bring(id: string, whom: Member, kind: string, more: object = {}): Promise<CaseView> {
    await this.invite(id, whom, kind, more)
    return await this.accept(whom, id)
  }

  /** Two coordinators see the token of a proof where it was asked for, and paste it. */
  async seeToken(project: string, { id, put }: Pick<ProofOut, 'id' | 'put'>): Promise<ProjectOut> {
    const path = `/v1/projects/${project}`
    const second = await this.colleague(this.coordinator, 'coordinator')
    let seen: ProjectOut | null = null
    for (const { as } of [this.coordinator, second]) {
      const { version } = (await (await this.door.ask('GET', path, { as })).json()) as ProjectOut
      const act = { do: 'check-proof', proof: id, seen: put?.value ?? '' }
      const answer = await this.door.ask('POST', `${path}/acts`, { as, body: { version, act } })
      const text = await answer.text()
      assert.equal(answer.status, 200, text)
      seen = JSON.parse(text) as ProjectOut
    }
    return seen!
  }

  /** Another person of the same organisation, in the same role. */
  async colleague(of: Member, role: Role): Promise<Member> {
    const { db } = this.door.ground.store
    const row = await db.selectFrom('organisation').select('name').where('id', '=', of.organisation).executeTakeFirstOrThrow()
    assert.equal(await organisationNamed(this.door.ground, row.name), of.organisation)
    return await member(this.door.ground, row.name, [role])
  }

  async say(as: Member, id: string, text: string, to: readonly string[] = []): Promise<Response> {
    const headers = { 'content-type': 'application/json' }
    // Two in one millisecond have no order.
    this.door.time.now += 1
    return await this.door.ask('POST', `/v1/cases/${id}/papers`, { as: as.as, body: { text, to }, headers })
  }
}

interface People {
  readonly coordinator: Member
  readonly stranger: Member
  readonly finders: readonly Member[]
  readonly vendors: readonly Member[]
  readonly distributors: readonly Member[]
}

async function send(door: TestDoor, as: Member, title: string, n: number): Promise<void> {
  const report = {
    title,
    target: { purl: `pkg:generic/quarry-${n}`, version: '3.8.1' },
    text: `The secret words of finding ${n + 1}.`,
    weaknesses: ['CWE-787'],
    severities: [{ kind: 'cvss-3.1', value: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
    evidence: [
      { kind: 'reproducer', name: 'crash.bin', mediaType: 'application/octet-stream', content: 'AAECAw==', encoding: 'base64' },
      { kind: 'patch', name: 'fix.diff', mediaType: 'text/x-diff', content: PATCH, encoding: 'utf8' },
    ],
  }
  const sent = await door.ask('POST', '/v1/reports?format=weir-ndjson', { as: as.as, body: `${JSON.stringify(report)}\n` })
  assert.equal(sent.status, 200, await sent.text())
}
