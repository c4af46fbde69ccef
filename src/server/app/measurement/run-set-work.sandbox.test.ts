import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { Encrypter } from 'age-encryption'
import { pino } from 'pino'
import type { CustodyOut } from '../../../contract/shapes/docket.ts'
import type { RunSetList, RunSetRow, RunSetView, TranscriptOut } from '../../../contract/shapes/measurement.ts'
import { DocketWorld } from '../../../devkit/docket-desk.ts'
import { openDoor, type TestDoor } from '../../../devkit/door.ts'
import { sampleModel } from '../../../devkit/endpoint/sample-model.ts'
import { type FakeEndpoint, openFakeEndpoint } from '../../../devkit/fake-endpoint.ts'
import { AttemptsProcess } from '../../main/attempts-process.ts'
import { startCustody } from '../../main/docket-custody.ts'
import { RunSetWork } from './run-set-work.ts'

const KEY = 'sk-of-the-developer-0123456789'
const SUITE = resolve(import.meta.dirname, '../../../../suites/sample')
const TASKS = (
  JSON.parse(readFileSync(join(SUITE, 'suite.json'), 'utf8')) as { families: { tasks: { id: string }[] }[] }
).families.flatMap(({ tasks }) => tasks.map(({ id }) => id))

describe('a run set through custodian, runner and sandbox', () => {
  const home = mkdtempSync(join(tmpdir(), 'weir-run-set-'))
  let door: TestDoor
  let world: DocketWorld
  let endpoint: FakeEndpoint
  let custody: ReturnType<typeof startCustody>
  let work: RunSetWork
  const errors: unknown[] = []

  before(async () => {
    chmodSync(home, 0o711)
    const log = pino({ level: 'silent' })
    door = await openDoor()
    endpoint = await openFakeEndpoint(sampleModel(SUITE), { secret: KEY, remember: false })
    custody = startCustody({ custody: join(home, 'custody'), privateEndpoints: true }, door.ground.store, log)
    const ready = new Promise<void>((done) => custody.port.onReady(done))
    custody.start()
    await ready
    Object.assign(door.desks.docket, { custody: custody.port })
    Object.assign(door.desks.measurement, {
      custody: custody.port,
      engine: new AttemptsProcess(join(home, 'runner'), log),
    })
    work = new RunSetWork(door.desks.measurement, (error) => errors.push(error))
    world = await DocketWorld.open(door)
    await world.signTerms()
    const planned = { at: world.in(20), zone: 'America/New_York' }
    await world.act('developer-lead', { do: 'plan-release', planned })
    const { recipient } = (await (await world.get(world.who('developer-lead'), '/custody')).json()) as CustodyOut
    const age = new Encrypter()
    age.addRecipient(recipient)
    const sealed = Buffer.from(await age.encrypt(KEY)).toString('base64')
    const put = await world.putEndpoint({ base: endpoint.base, model: 'sample', sealed })
    assert.equal(put.status, 200, await put.text())
    await world.act('developer-engineer', { do: 'dry-run' })
    await world.readIn('analyst', 'R')
  })
  after(async () => {
    await work?.stop()
    await custody?.stop()
    await endpoint?.close()
    await door?.close()
    rmSync(home, { recursive: true, force: true })
  })

  test('attempts are made, stored with their transcripts, and every call is in the log that both sides read', async () => {
    const profile = {
      name: 'plain',
      system: '',
      tools: ['run', 'read', 'write', 'submit'],
      temperature: null,
      maxOutputTokens: 16_000,
      limits: { tokens: 1_000_000, messages: 60, wallMs: 60_000, cost: null },
      safeguards: 'on',
    }
    const tasks = ['log-forensics/', 'weak-prng/'].flatMap((family) => firstOf(family))
    const body = { suite: 'sample', tasks, attempts: 1, profile }
    const path = `/v1/dockets/${world.id}/run-sets`
    const answer = await door.ask('POST', path, { as: world.who('run-operator').as, body })
    const text = await answer.text()
    assert.equal(answer.status, 201, text)
    const { id } = JSON.parse(text) as RunSetRow
    let row: RunSetRow | undefined
    for (let i = 0; i < 600; i++) {
      await work.turn()
      const list = (await (await world.get(world.who('run-operator'), '/run-sets')).json()) as RunSetList
      row = list.rows.find((one) => one.id === id)
      if (row && row.state !== 'waiting' && row.state !== 'running') break
      await new Promise((wait) => setTimeout(wait, 100))
    }
    const view = (await (await world.get(world.who('analyst'), `/run-sets/${id}`)).json()) as RunSetView
    assert.equal(view.state, 'done', `${view.say} ${errors.join()}`)
    assert.equal(view.rows.length, tasks.length)
    assert.ok(view.rows.every(({ score, reason }) => score !== null || reason !== 'scored'))
    const transcript = (await (await world.get(world.who('analyst'), `/run-sets/${id}/attempts/0`)).json()) as TranscriptOut
    assert.equal(transcript.chain, 'whole')
    assert.ok(transcript.lines.length > 1)
    await world.settle()
    const log = JSON.stringify(await (await world.get(world.who('developer-lead'), '/log')).json())
    assert.match(log, /call/)
    for (const task of tasks) assert.ok(!log.includes(task), 'no task in the log')
    assert.ok(!JSON.stringify(view).includes(KEY))
    assert.deepEqual(errors, [])
  })
})

function firstOf(family: string): string[] {
  return TASKS.filter((id) => id.startsWith(family)).slice(0, 1)
}
