import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { FunnelOut } from '../../../contract/shapes/case.ts'
import type { CaseUptake } from '../../../contract/shapes/exposure.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { HOUR } from '../../../core/kernel/instant.ts'
import { CaseWorld } from '../../../devkit/case-world.ts'
import { openDoor, type TestDoor } from '../../../devkit/door.ts'
import { member } from '../../../devkit/members.ts'
import { reportPatched } from '../../app/exposure/obligation-uptake.ts'
import { takeFunnel } from '../../app/funnel/take-funnel.ts'

const CVE = 'CVE-2026-12345'

describe('how far a fix is deployed', () => {
  let door: TestDoor
  let world: CaseWorld
  let id: string
  before(async () => {
    door = await openDoor()
    world = await CaseWorld.open(door)
    id = (await world.openCase([world.flaw(1)])).row.id
    const flaw = world.flaw(1)
    await world.act(world.coordinator, id, { do: 'set-cve', flaw, cve: CVE } as never)
    // Whether the coordinator's own word needs a click is for the case to say.
    const party = await world.party(world.coordinator, id)
    const leak = { do: 'note', party, flaw, what: 'public', at: world.in(-HOUR), evidence: 'https://example.org/advisory' }
    await world.act(world.coordinator, id, leak as never)
    await world.try(world.coordinator, id, { do: 'confirm', flaw, what: 'public', confirm: true } as never)
  })
  after(async () => await door?.close())

  async function report(n: number, patched: number, total: number): Promise<void> {
    const { as } = await member(door.ground, `Operator ${n}`, ['operator'])
    const answer = await door.ask('POST', '/v1/patched', { as, body: { flaw: CVE.toLowerCase(), patched, total } })
    assert.equal(answer.status, 200, await answer.clone().text())
  }
  const uptake = async (): Promise<CaseUptake['rows'][number]> => {
    const answer = await door.ask('GET', `/v1/cases/${id}/uptake`, { as: world.coordinator.as })
    assert.equal(answer.status, 200)
    return ((await answer.json()) as CaseUptake).rows[0]!
  }
  const deployed = async (): Promise<number | null | undefined> => {
    await takeFunnel(door.desks.cases)
    const funnel = (await (await door.ask('GET', '/v1/funnel', { as: world.coordinator.as })).json()) as FunnelOut
    return funnel.steps.find(({ step }) => step === 'deployed')?.flaws
  }

  const nameOf = async (organisation: string): Promise<string> => {
    const { rows } = await door.database.owner.query('select name from weir.organisation where id = $1', [organisation])
    return rows[0].name
  }

  test('is told of five operators on, in steps, and ends the funnel where the half is patched', async () => {
    for (let n = 1; n <= 4; n++) await report(n, 9, 10)
    // Said again, it takes the place of what was said before.
    await report(1, 9, 10)
    assert.deepEqual([(await uptake()).operators, (await uptake()).patchedPercent, await deployed()], [null, null, 0])
    await report(5, 0, 1_000)
    const five = await uptake()
    assert.deepEqual([five.ids, five.operators, five.patchedPercent], [[CVE], 5, 60])
    assert.equal(await deployed(), 1)
    for (let n = 1; n <= 4; n++) await report(n, 1, 10)
    assert.deepEqual([(await uptake()).patchedPercent, await deployed()], [0, 0])
  })

  test('cannot be moved by its reader, who would find out by it what the others say', async () => {
    const own = await member(door.ground, await nameOf(world.coordinator.organisation), ['operator'])
    const before = await uptake()
    for (const patched of [0, 1, 2, 3]) {
      const body = { flaw: CVE, patched, total: 3 }
      assert.equal((await door.ask('POST', '/v1/patched', { as: own.as, body })).status, 200)
      assert.deepEqual(await uptake(), before)
    }
    await door.database.owner.query('delete from weir.patched_report where organisation_id = $1', [own.organisation])
  })

  test('is said of so many flaws and no more; one that was said is said anew', async () => {
    const { id: person, organisation } = await member(door.ground, 'Operator 9', ['operator'])
    const scopes = ['exposure:act'] as const
    const who = { kind: 'person', person, organisation, roles: ['operator'], scopes } as unknown as Principal
    const say = async (flaw: string) => {
      const answer = await reportPatched(door.desks.exposure, who, { flaw, patched: 1, total: 1 }, 2)
      return answer.ok ? null : answer.code
    }
    const said = []
    for (const flaw of ['CVE-2020-0001', 'CVE-2020-0002', 'CVE-2020-0003', 'cve-2020-0001']) said.push(await say(flaw))
    assert.deepEqual(said, [null, null, 'quota.exceeded', null])
    await door.database.owner.query('delete from weir.patched_report where organisation_id = $1', [organisation])
  })

  test('is nobody’s who does not read the case', async () => {
    const { as } = await member(door.ground, 'Operator 1', ['operator'])
    const there = await door.ask('GET', `/v1/cases/${id}/uptake`, { as })
    const none = await door.ask('GET', `/v1/cases/cas_${'0'.repeat(24)}/uptake`, { as })
    assert.deepEqual([there.status, await there.text()], [404, await none.text()])
  })

  test('says in the database neither which flaw it is about nor who has it in common by name', async () => {
    const { rows } = await door.database.owner.query('select * from weir.patched_report')
    assert.equal(rows.length, 5)
    assert.ok(!JSON.stringify(rows).includes('12345'))
  })
})
