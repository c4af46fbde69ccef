import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import type { FlawProof, ValidationPage, ValidationRow } from '../contract/shapes/validation.ts'
import { clusterWorker } from '../server/jobs/workers/cluster.ts'
import type { Config } from '../server/main/config.ts'
import { openDoor, type TestDoor } from './door.ts'
import { FakeRunner } from './fake-runner.ts'
import { type Member, member } from './members.ts'

/** A recipe with one harness. */
export const RECIPE = {
  version: 'weir-recipe/1',
  language: 'c',
  sanitizer: 'address',
  build: ['make'],
  harnesses: [{ name: 'parse', kind: 'command', run: ['/work/src/parse', '@@'] }],
  tests: [{ name: 'suite', run: 'make check' }],
}

export interface Sent {
  readonly finding: string
  readonly flaw: string
}

/** A door with people, a target and a runner that runs nothing: what tests of validation begin with. */
export class ProofDesk {
  readonly door: TestDoor
  readonly coordinator: Member
  readonly finder: Member
  readonly other: Member
  readonly runner: FakeRunner
  /** Of `pkg:generic/qr`, brought by the coordinator. */
  readonly target: string
  #sent = 0

  private constructor(door: TestDoor, people: readonly [Member, Member, Member], runner: FakeRunner, target: string) {
    this.door = door
    const [coordinator, finder, other] = people
    this.coordinator = coordinator
    this.finder = finder
    this.other = other
    this.runner = runner
    this.target = target
  }

  static async open(given: Partial<Config> = {}): Promise<ProofDesk> {
    const door = await openDoor({ validation: { ownRunner: false, atOnce: 100, secondsADay: 1e9 }, ...given })
    const coordinator = await member(door.ground, 'Clearing', ['coordinator'])
    const finder = await member(door.ground, 'Halyard Labs', ['finder'])
    const other = await member(door.ground, 'Other Labs', ['finder'])
    const target = await addTarget(door, coordinator, 'pkg:generic/qr')
    return new ProofDesk(door, [coordinator, finder, other], await FakeRunner.join(door), target)
  }

  addTarget(who: Member, purl: string): Promise<string> {
    return addTarget(this.door, who, purl)
  }

  /** A report with a reproducer inside, grouped. Equal symbols of one product are one flaw. */
  async send(who: Member, symbol: string, product = 'qr'): Promise<Sent> {
    const { door } = this
    door.time.now += 1000
    const body = {
      title: `Overflow in ${symbol} ${this.#sent++}`,
      target: { purl: `pkg:generic/${product}`, version: '1' },
      crash: { tool: 'asan', kind: 'heap-buffer-overflow' },
      stack: [{ symbol, path: `src/${symbol}.c`, line: 3 }],
      evidence: [{ kind: 'reproducer', name: 'crash-1', content: `${symbol} by ${who.organisation}` }],
    }
    const answer = await door.ask('POST', '/v1/reports?format=weir-ndjson', { as: who.as, body: `${JSON.stringify(body)}\n` })
    const { items } = (await answer.json()) as { items: { finding: string }[] }
    const finding = items[0]!.finding
    const { ground, desks } = door
    const group = clusterWorker(ground, desks.macs, desks.board, desks.hub, (error) => assert.fail(String(error)))
    await group({}, new AbortController().signal)
    const { rows } = await door.database.owner.query(`select flaw_id from weir.member where finding_id = $1`, [finding])
    return { finding, flaw: rows[0].flaw_id }
  }

  /** Asks for a validation on the target, or on another, and insists that it is taken. */
  async ask(who: Member, path: string, more: object = {}): Promise<ValidationRow> {
    const answer = await this.door.ask('POST', path, { as: who.as, body: { target: this.target, ...more } })
    const text = await answer.text()
    assert.equal(answer.status, 201, text)
    return JSON.parse(text) as ValidationRow
  }

  async get(who: Member, path: string): Promise<Response> {
    return await this.door.ask('GET', path, { as: who.as })
  }

  async page(who: Member, id: string): Promise<ValidationPage> {
    return (await (await this.get(who, `/v1/validations/${id}`)).json()) as ValidationPage
  }

  async proofOf(flaw: string): Promise<FlawProof> {
    return (await (await this.get(this.coordinator, `/v1/flaws/${flaw}/proof`)).json()) as FlawProof
  }
}

async function addTarget(door: TestDoor, who: Member, purl: string): Promise<string> {
  const path = `/v1/targets?kind=archive&name=${encodeURIComponent(`${purl}@1`)}&purl=${encodeURIComponent(purl)}`
  const added = (await (await door.ask('POST', path, { as: who.as, body: 'the source' })).json()) as {
    id: string
    digest: string
  }
  assert.equal(added.digest, `sha256:${createHash('sha256').update('the source').digest('hex')}`)
  const set = await door.ask('PUT', `/v1/targets/${added.id}/recipe`, { as: who.as, body: RECIPE })
  assert.equal(set.status, 200, await set.text())
  return added.id
}
